package dev.landfall.host;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Settlement;
import java.util.List;

/** Counts the steps of a run down to one at which its process ends, as far as a test can end it. */
final class StepsToCrash implements RunListener {

  /** The end of a process, at any step. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("killed", null, false, false);
    }
  }

  private int left = Integer.MAX_VALUE;

  void set(int steps) {
    left = steps;
  }

  void never() {
    left = Integer.MAX_VALUE;
  }

  void step() {
    if (--left <= 0) {
      never();
      throw new Crash();
    }
  }

  @Override
  public void reading() {
    step();
  }

  @Override
  public void planned(RunReport planned) {
    step();
  }

  @Override
  public void settled(List<Settlement> settlements) {
    step();
  }
}
