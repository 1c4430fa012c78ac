package dev.landfall.host.state;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The file: which ledgers this sync has, and which of them it works with. */
record Held(String mode, List<HeldLedger> ledgers) {
  /** Requires everything, so that a damaged file is seen to be one when it is read. */
  Held {
    Objects.requireNonNull(mode, "mode");
    ledgers = List.copyOf(ledgers);
  }

  Optional<HeldLedger> current() {
    return ledgers.stream().filter(HeldLedger::current).findFirst();
  }

  /** How far a ledger has come since it became the current one. */
  enum Phase {
    /** Its file may not be there yet. */
    FRESH,
    /** Its target was left and came back: nothing in it is to be trusted yet. */
    RETURNING,
    /** It is what it says. */
    READY
  }

  /** One ledger and the target it belongs to. */
  record HeldLedger(String file, TargetIdentity target, boolean current, Phase phase) {
    /** Requires everything. */
    HeldLedger {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(target, "target");
      Objects.requireNonNull(phase, "phase");
    }

    HeldLedger as(TargetIdentity other, boolean nowCurrent, Phase nowPhase) {
      return new HeldLedger(file, other, nowCurrent, nowPhase);
    }
  }
}
