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

  /** For how long a request may still take effect that was accepted and is asked for. */
  private static final int PENDING = Integer.MAX_VALUE;

  /** A request that was given up or accepted, and for how long it may still take effect. */
  record Late(ChangeKind kind, int remaining) {}

  /** What became of a request that was accepted. */
  enum Fate {
    PENDING,
    APPLIED,
    LOST
  }

  /**
   * A request that was accepted and is not confirmed. All in it is as of when it was sent.
   *
   * @param before what stood before it
   * @param age how many units ago it was sent; one too old to matter is as good as any other
   */
  record Receipt(ChangeKind kind, @Nullable Standing before, Fate fate, int age) {
    Receipt as(Fate now) {
      return new Receipt(kind, before, now, age);
    }
  }

  /**
   * The world between two steps.
   *
   * @param inGroup whether the destination has the member
   * @param standing what the ledger holds, as of {@link #NOW}
   * @param openIntent an intent that a crash left open
   * @param late requests under way
   * @param receipt what was accepted and is not confirmed
   */
  record State(
      boolean inGroup,
      @Nullable Standing standing,
      @Nullable ChangeKind openIntent,
      List<Late> late,
      @Nullable Receipt receipt) {

    /** The same once nobody asks for what was accepted: it is given up now. */
    State givenUp() {
      return new State(
          inGroup,
          standing,
          openIntent,
          late.stream()
              .map(l -> l.remaining() == PENDING ? new Late(l.kind(), SETTLE) : l)
              .sorted(Comparator.comparing(Late::kind).thenComparing(Late::remaining))
              .toList(),
          null);
    }

    State with(@Nullable Standing next, @Nullable ChangeKind intent) {
      return new State(inGroup, next, intent, late, receipt);
    }

    State with(@Nullable Receipt next) {
      return new State(inGroup, standing, openIntent, late, next);
    }

    State withMore(Late more) {
      List<Late> all = new ArrayList<>(late);
      all.add(more);
      all.sort(Comparator.comparing(Late::kind).thenComparing(Late::remaining));
      return new State(inGroup, standing, openIntent, all, receipt);
    }
  }

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
    State start = new State(false, null, null, List.of(), null);
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
      if (s.receipt() != null) {
        stamped = rules.crashed(stamped, s.receipt().kind(), NOW);
      }
      steps.to(s.givenUp().with(stamped, null), "recover");
      return;
    }
    if (s.receipt() != null) {
      confirm(s, s.receipt(), steps);
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
      Receipt receipt = s.receipt();
      if (receipt != null && late.remaining() == PENDING) {
        receipt = receipt.as(Fate.APPLIED);
      }
      steps.to(
          new State(inGroup, s.standing(), s.openIntent(), rest, receipt),
          "a late " + late.kind() + " arrives");
    }
  }

  /** Asks what became of what was accepted; the answer is true, or that it cannot be told. */
  private void confirm(State s, Receipt receipt, Steps steps) {
    Outcome unknown = new Outcome.Unknown(PROBLEM, null);
    confirmed(s, receipt, unknown, steps);
    if (receipt.fate() == Fate.APPLIED) {
      confirmed(s, receipt, new Outcome.Delivered(Effect.UNREPORTED), steps);
    } else if (receipt.fate() == Fate.LOST) {
      confirmed(s, receipt, new Outcome.Rejected(PROBLEM), steps);
      confirmed(s, receipt, new Outcome.Retryable(PROBLEM, null), steps);
      confirmed(s, receipt, new Outcome.NotAttempted(), steps);
    }
  }

  private void confirmed(State s, Receipt receipt, Outcome outcome, Steps steps) {
    Change change = new Change(1, receipt.kind(), "m", "m", List.of(), receipt.before(), false);
    // What a receipt holds is as of when it was sent; now is later by its age.
    Instant now = NOW.plusSeconds(receipt.age());
    Standing after = rules.settled(rules.confirmed(change, outcome, NOW, now)).orElse(null);
    for (int i = 0; i < receipt.age() && after != null; i++) {
      after = older(after);
    }
    steps.to(
        s.givenUp().with(after, null),
        receipt.kind() + " confirmed as " + outcome.getClass().getSimpleName());
  }

  private void run(State s, ChangeKind kind, Steps steps) {
    Change change = new Change(1, kind, "m", "m", List.of(), s.standing(), false);
    Standing intent = rules.intent(change);
    steps.to(s.with(intent, kind), kind + " intended, crash before sending");
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
    State late = w.withMore(new Late(a.change().kind(), SETTLE));
    answered(a, unknown, late, " unknown, on its way", steps);
    accepted(a, w, Fate.LOST, " accepted and lost", steps);
    accepted(a, with(w, asked), Fate.APPLIED, " accepted and applied", steps);
    accepted(a, late, Fate.PENDING, " accepted, on its way", steps);
  }

  private void accepted(Attempt a, State world, Fate fate, String word, Steps steps) {
    answered(
        a,
        new Outcome.Accepted(new dev.landfall.connector.outcome.Receipt("r")),
        world,
        word,
        (next, what) -> {
          // An answer that a crash took, or that does not settle the change, leaves no receipt.
          if (next.openIntent() != null || a.soFar() instanceof Outcome.Unknown) {
            steps.to(next, what);
            return;
          }
          Standing before = superseding(a).before();
          State kept = next.with(new Receipt(a.change().kind(), before, fate, 0));
          Late own = new Late(a.change().kind(), SETTLE);
          if (fate == Fate.PENDING) {
            List<Late> rest = new ArrayList<>(kept.late());
            rest.remove(own);
            kept =
                new State(kept.inGroup(), kept.standing(), kept.openIntent(), rest, kept.receipt())
                    .withMore(new Late(own.kind(), PENDING));
          }
          steps.to(kept, what);
        });
  }

  /** The change, reckoned with what it supersedes. */
  private Change superseding(Attempt a) {
    Receipt earlier = a.world().receipt();
    return earlier == null ? a.change() : rules.superseding(a.change(), earlier.kind(), NOW);
  }

  private void answered(Attempt a, Outcome outcome, State world, String word, Steps steps) {
    String words = a.words() + word;
    ChangeKind kind = a.change().kind();
    steps.to(world.with(a.intent(), kind), words + ", crash");
    boolean unresolved = outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Accepted;
    Instant unknownAt = unresolved ? NOW : a.unknownAt();
    Outcome folded = rules.fold(a.soFar(), outcome);
    boolean reached =
        !(folded instanceof Outcome.Retryable || folded instanceof Outcome.NotAttempted);
    Change change = reached ? superseding(a) : a.change();
    Standing after = rules.settled(new Settlement(change, folded, unknownAt, NOW)).orElse(null);
    steps.to((reached ? world.givenUp() : world).with(after, null), words);
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
    return new State(inGroup, s.standing(), s.openIntent(), s.late(), s.receipt());
  }

  /** One unit later: what is on its way has less time left, and stamps are older. */
  private static State tick(State s) {
    List<Late> late = new ArrayList<>();
    for (Late l : s.late()) {
      if (l.remaining() == PENDING) {
        late.add(l);
      } else if (l.remaining() > 1) {
        late.add(new Late(l.kind(), l.remaining() - 1));
      }
    }
    Standing st = s.standing();
    Receipt r = s.receipt();
    return new State(
        s.inGroup(),
        st == null ? null : older(st),
        s.openIntent(),
        late,
        r == null
            ? null
            : new Receipt(r.kind(), r.before(), r.fate(), Math.min(SETTLE, r.age() + 1)));
  }

  private static Standing older(Standing st) {
    return new Standing(
        st.text(),
        st.present(),
        st.confirmed(),
        older(st.addUnknownAt()),
        older(st.removeUnknownAt()));
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
