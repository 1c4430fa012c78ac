package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every state that one member can come into, through any history of runs, faults, crashes and late
 * arrivals, searched exhaustively. Time is in whole units; a request that was given up takes effect
 * within {@link #SETTLE} units or never.
 */
final class OneMember {

  static final int SETTLE = 2;
  private static final Instant NOW = Instant.EPOCH.plusSeconds(1_000);
  private static final Problem PROBLEM =
      new Problem(ProblemKind.UNAVAILABLE, "test.fault", "A fault.", "None.");

  /** A request that was given up, and for how long it may still take effect. */
  record Late(ChangeKind kind, int remaining) {}

  /**
   * The world between two steps.
   *
   * @param inGroup whether the destination has the member
   * @param standing what the ledger holds, as of {@link #NOW}
   * @param openIntent an intent that a crash left open
   * @param late requests under way
   */
  record State(
      boolean inGroup,
      @Nullable Standing standing,
      @Nullable ChangeKind openIntent,
      List<Late> late) {}

  /** How a plan is made; a test that switches a rule of planning off overrides one of these. */
  static class Planning {
    boolean adds(boolean inAudience, @Nullable Standing standing) {
      return inAudience && (standing == null || !standing.present());
    }

    boolean removes(boolean inAudience, @Nullable Standing standing) {
      return !inAudience && standing != null;
    }
  }

  private final Rules rules;
  private final Planning planning;
  private final Map<State, String> seen = new HashMap<>();
  private final Deque<State> open = new ArrayDeque<>();

  OneMember(Rules rules, Planning planning) {
    this.rules = rules;
    this.planning = planning;
  }

  static Rules rules() {
    return new Rules(Duration.ofSeconds(SETTLE));
  }

  int states() {
    return seen.size();
  }

  /** Searches all histories; gives the first one that breaks a promise, in words, or empty. */
  Optional<String> search() {
    State start = new State(false, null, null, List.of());
    seen.put(start, "start");
    open.add(start);
    while (!open.isEmpty()) {
      State state = open.remove();
      String history = seen.get(state);
      Optional<String> broken = broken(state);
      if (broken.isPresent()) {
        return Optional.of(history + " => " + broken.get());
      }
      step(state, (next, what) -> visit(next, history + "; " + what));
    }
    return Optional.empty();
  }

  private interface Steps {
    void to(State next, String what);
  }

  private void visit(State state, String history) {
    if (state.late().size() <= 2 && seen.putIfAbsent(state, history) == null) {
      open.add(state);
    }
  }

  private Optional<String> broken(State s) {
    if (s.openIntent() != null) {
      return Optional.empty();
    }
    Standing standing = s.standing();
    boolean lateRemove = s.late().stream().anyMatch(l -> l.kind() == ChangeKind.REMOVE);
    if (standing == null && (s.inGroup() || !s.late().isEmpty())) {
      return Optional.of("a member that may be in the group was forgotten");
    }
    if (standing != null && standing.present() && (!s.inGroup() || lateRemove)) {
      return Optional.of("PRESENT was claimed of a member that may not be in the group");
    }
    return s.late().isEmpty() ? cleanRunFails(s) : Optional.empty();
  }

  /**
   * Whether a clean run, late enough after everything, leaves the group other than the audience.
   */
  private Optional<String> cleanRunFails(State s) {
    State settled = s;
    for (int i = 0; i <= SETTLE; i++) {
      settled = tick(settled);
    }
    for (boolean inAudience : new boolean[] {true, false}) {
      ChangeKind kind = planned(inAudience, settled.standing());
      boolean inGroup = kind == null ? settled.inGroup() : kind == ChangeKind.ADD;
      if (inGroup != inAudience) {
        return Optional.of("a clean run left the group other than the audience");
      }
    }
    return Optional.empty();
  }

  private @Nullable ChangeKind planned(boolean inAudience, @Nullable Standing standing) {
    if (planning.removes(inAudience, standing)) {
      return ChangeKind.REMOVE;
    }
    return planning.adds(inAudience, standing) ? ChangeKind.ADD : null;
  }

  private void step(State s, Steps steps) {
    steps.to(tick(s), "tick");
    arrivals(s, steps);
    if (s.openIntent() != null && s.standing() != null) {
      Standing stamped = rules.crashed(s.standing(), s.openIntent(), NOW);
      steps.to(new State(s.inGroup(), stamped, null, s.late()), "recover");
      return;
    }
    for (boolean inAudience : new boolean[] {true, false}) {
      ChangeKind kind = planned(inAudience, s.standing());
      if (kind != null) {
        run(s, kind, steps);
      }
    }
  }

  private void arrivals(State s, Steps steps) {
    for (Late late : s.late()) {
      List<Late> rest = new ArrayList<>(s.late());
      rest.remove(late);
      boolean inGroup = late.kind() == ChangeKind.ADD;
      steps.to(
          new State(inGroup, s.standing(), s.openIntent(), rest),
          "a late " + late.kind() + " arrives");
    }
  }

  private void run(State s, ChangeKind kind, Steps steps) {
    Change change = new Change(1, kind, "m", "m", List.of(), s.standing(), false);
    Standing intent = rules.intent(change);
    steps.to(
        new State(s.inGroup(), intent, kind, s.late()), kind + " intended, crash before sending");
    attempts(new Attempt(s, change, intent, null, null, 1, kind.toString()), steps);
  }

  /** A change under way. */
  private record Attempt(
      State world,
      Change change,
      Standing intent,
      @Nullable Outcome soFar,
      @Nullable Instant unknownAt,
      int number,
      String words) {}

  private void attempts(Attempt a, Steps steps) {
    State w = a.world();
    boolean asked = a.change().kind() == ChangeKind.ADD;
    answered(a, new Outcome.Delivered(Effect.UNREPORTED), with(w, asked), " delivered", steps);
    answered(a, new Outcome.Rejected(PROBLEM), w, " rejected", steps);
    answered(a, new Outcome.Retryable(PROBLEM, null), w, " retryable", steps);
    answered(a, new Outcome.NotAttempted(), w, " not attempted", steps);
    Outcome unknown = new Outcome.Unknown(PROBLEM, null);
    answered(a, unknown, w, " unknown and lost", steps);
    answered(a, unknown, with(w, asked), " unknown but applied", steps);
    List<Late> more = new ArrayList<>(w.late());
    more.add(new Late(a.change().kind(), SETTLE));
    more.sort(Comparator.comparing(Late::kind).thenComparing(Late::remaining));
    State late = new State(w.inGroup(), w.standing(), w.openIntent(), more);
    answered(a, unknown, late, " unknown, on its way", steps);
  }

  private void answered(Attempt a, Outcome outcome, State world, String word, Steps steps) {
    String words = a.words() + word;
    ChangeKind kind = a.change().kind();
    steps.to(new State(world.inGroup(), a.intent(), kind, world.late()), words + ", crash");
    Instant unknownAt = outcome instanceof Outcome.Unknown ? NOW : a.unknownAt();
    Outcome folded = rules.fold(a.soFar(), outcome);
    Settlement settlement = new Settlement(a.change(), folded, unknownAt, NOW);
    Standing after = rules.settled(settlement).orElse(null);
    steps.to(new State(world.inGroup(), after, null, world.late()), words);
    boolean again = outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Retryable;
    if (again && a.number() < 2) {
      Consumer<State> retry =
          w ->
              attempts(
                  new Attempt(
                      w, a.change(), a.intent(), folded, unknownAt, a.number() + 1, words + ","),
                  steps);
      retry.accept(world);
      arrivals(world, (next, what) -> retry.accept(next));
    }
  }

  private static State with(State s, boolean inGroup) {
    return new State(inGroup, s.standing(), s.openIntent(), s.late());
  }

  /** One unit later: what is on its way has less time left, and stamps are older. */
  private static State tick(State s) {
    List<Late> late = new ArrayList<>();
    for (Late l : s.late()) {
      if (l.remaining() > 1) {
        late.add(new Late(l.kind(), l.remaining() - 1));
      }
    }
    Standing st = s.standing();
    Standing older =
        st == null
            ? null
            : new Standing(
                st.text(),
                st.present(),
                st.confirmed(),
                older(st.addUnknownAt()),
                older(st.removeUnknownAt()));
    return new State(s.inGroup(), older, s.openIntent(), late);
  }

  /** Stamps are kept relative to now; one too old to matter is as good as any other. */
  private static @Nullable Instant older(@Nullable Instant at) {
    if (at == null) {
      return null;
    }
    Instant oldest = NOW.minusSeconds(SETTLE);
    return at.isAfter(oldest) ? at.minusSeconds(1) : oldest;
  }
}
