package dev.landfall.host.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the ledger, over every history of one member. */
class RulesTest {

  private static final Duration SETTLE = Duration.ofSeconds(OneMember.SETTLE);

  @Test
  void noHistoryOfOneMemberBreaksAPromise() {
    OneMember search = new OneMember(OneMember.rules(), new OneMember.Planning());
    assertThat(search.search()).isEmpty();
    assertThat(search.states()).isGreaterThan(100);
  }

  @ParameterizedTest(name = "without \"{0}\"")
  @MethodSource("sabotage")
  void eachRuleSwitchedOffAloneBreaksAPromise(
      String rule, Rules rules, OneMember.Planning planning) {
    assertThat(new OneMember(rules, planning).search()).as(rule).isPresent();
  }

  static Stream<Arguments> sabotage() {
    OneMember.Planning planning = new OneMember.Planning();
    return Stream.of(
        Arguments.of("intent first", new NoIntent(), planning),
        Arguments.of("once unknown, only delivered settles", new NoFold(), planning),
        Arguments.of("an add after an unresolved remove stays unknown", new NoLateUndo(), planning),
        Arguments.of(
            "a remove after an unresolved attempt stays unknown", new NoLateFollow(), planning),
        Arguments.of(
            "a rejection leaves doubt where something stood", new RejectedDrops(), planning),
        Arguments.of("what was not applied puts back what stood", new NotAppliedDrops(), planning),
        Arguments.of("intents of a crash are stamped", new NoStamp(), planning),
        Arguments.of("who is in doubt is removed too", OneMember.rules(), new RemovesPresentOnly()),
        Arguments.of("who is in doubt is added again", OneMember.rules(), new AddsAbsentOnly()));
  }

  private static final class NoIntent extends Rules {
    NoIntent() {
      super(SETTLE);
    }

    @Override
    public Standing crashed(Standing standing, ChangeKind kind, Instant foundAt) {
      return standing;
    }

    @Override
    public Standing intent(Change change) {
      Standing before = change.before();
      return before == null ? super.intent(change) : before;
    }
  }

  private static final class NoFold extends Rules {
    NoFold() {
      super(SETTLE);
    }

    @Override
    public Outcome fold(@Nullable Outcome soFar, Outcome next) {
      return next;
    }
  }

  private static final class NoLateUndo extends Rules {
    NoLateUndo() {
      super(SETTLE);
    }

    @Override
    protected boolean lateRemoveMayUndo(Standing standing, Instant now) {
      return false;
    }
  }

  private static final class NoLateFollow extends Rules {
    NoLateFollow() {
      super(SETTLE);
    }

    @Override
    protected boolean lateRequestMayFollow(Standing standing, Instant now) {
      return false;
    }
  }

  private static final class RejectedDrops extends Rules {
    RejectedDrops() {
      super(SETTLE);
    }

    @Override
    protected @Nullable Standing rejected(Change change, Standing intent) {
      return null;
    }
  }

  private static final class NotAppliedDrops extends Rules {
    NotAppliedDrops() {
      super(SETTLE);
    }

    @Override
    protected @Nullable Standing notApplied(Change change, Standing intent) {
      return null;
    }
  }

  private static final class NoStamp extends Rules {
    NoStamp() {
      super(SETTLE);
    }

    @Override
    public Standing crashed(Standing standing, ChangeKind kind, Instant foundAt) {
      return standing;
    }
  }

  private static final class RemovesPresentOnly extends OneMember.Planning {
    @Override
    boolean removes(boolean inAudience, @Nullable Standing standing) {
      return super.removes(inAudience, standing) && standing != null && standing.present();
    }
  }

  private static final class AddsAbsentOnly extends OneMember.Planning {
    @Override
    boolean adds(boolean inAudience, @Nullable Standing standing) {
      return inAudience && standing == null;
    }
  }
}
