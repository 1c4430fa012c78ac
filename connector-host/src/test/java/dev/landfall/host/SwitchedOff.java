package dev.landfall.host;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Rules;
import dev.landfall.host.ledger.Settlement;
import dev.landfall.host.ledger.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules of the ledger with one of them switched off, by the rule's words. */
public final class SwitchedOff {

  private SwitchedOff() {}

  public static Map<String, Function<Duration, Rules>> rules() {
    Map<String, Function<Duration, Rules>> rules = new LinkedHashMap<>();
    rules.put("intent first", NoIntent::new);
    rules.put("once unknown, only delivered settles", NoFold::new);
    rules.put("an add after an unresolved remove stays unknown", NoLateUndo::new);
    rules.put("a remove after an unresolved attempt stays unknown", NoLateFollow::new);
    rules.put("a rejection leaves doubt where something stood", RejectedDrops::new);
    rules.put("what was not applied puts back what stood", NotAppliedDrops::new);
    rules.put("intents of a crash are stamped", NoStamp::new);
    rules.put("what is superseded may come late", NoGivingUp::new);
    rules.put("what is confirmed counts from when it was sent", ConfirmedNow::new);
    return rules;
  }

  private static final class NoGivingUp extends Rules {
    NoGivingUp(Duration settle) {
      super(settle);
    }

    @Override
    public Change superseding(Change change, ChangeKind awaited, Instant now) {
      return change;
    }
  }

  private static final class ConfirmedNow extends Rules {
    ConfirmedNow(Duration settle) {
      super(settle);
    }

    @Override
    public Settlement confirmed(Change change, Outcome outcome, Instant sentAt, Instant now) {
      return super.confirmed(change, outcome, now, now);
    }
  }

  private static final class NoIntent extends Rules {
    NoIntent(Duration settle) {
      super(settle);
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
    NoFold(Duration settle) {
      super(settle);
    }

    @Override
    public Outcome fold(@Nullable Outcome soFar, Outcome next) {
      return next;
    }
  }

  private static final class NoLateUndo extends Rules {
    NoLateUndo(Duration settle) {
      super(settle);
    }

    @Override
    protected boolean lateRemoveMayUndo(Standing standing, Instant now) {
      return false;
    }
  }

  private static final class NoLateFollow extends Rules {
    NoLateFollow(Duration settle) {
      super(settle);
    }

    @Override
    protected boolean lateRequestMayFollow(Standing standing, Instant now) {
      return false;
    }
  }

  private static final class RejectedDrops extends Rules {
    RejectedDrops(Duration settle) {
      super(settle);
    }

    @Override
    protected @Nullable Standing rejected(Change change, Standing intent) {
      return null;
    }
  }

  private static final class NotAppliedDrops extends Rules {
    NotAppliedDrops(Duration settle) {
      super(settle);
    }

    @Override
    protected @Nullable Standing notApplied(Change change, Standing intent) {
      return null;
    }
  }

  private static final class NoStamp extends Rules {
    NoStamp(Duration settle) {
      super(settle);
    }

    @Override
    public Standing crashed(Standing standing, ChangeKind kind, Instant foundAt) {
      return standing;
    }
  }
}
