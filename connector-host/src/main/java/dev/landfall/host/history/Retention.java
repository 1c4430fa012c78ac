package dev.landfall.host.history;

import dev.landfall.host.HostException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Lets go of runs that are older than anybody looks back. */
public final class Retention {

  private static final String RUN_ID = "[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}";

  private Retention() {}

  /**
   * Deletes the files of old runs; never those of the latest run, nor of one that is under way or
   * whose books are still to be closed.
   *
   * @param runs the folder of the sync's runs
   * @param before the name of a run that began when the oldest that is kept may have
   * @param current the run that asks
   */
  public static void apply(Path runs, String before, String current) {
    List<KeptRun> all = KeptRun.in(runs);
    for (KeptRun run : all.subList(Math.min(1, all.size()), all.size())) {
      boolean old = run.id().matches(RUN_ID) && run.id().compareTo(before) < 0;
      if (old && !run.id().equals(current) && !open(run)) {
        try {
          run.delete();
        } catch (IOException e) {
          throw RunFiles.unwritable(run.folder());
        }
      }
    }
  }

  private static boolean open(KeptRun run) {
    try {
      return run.report().filter(r -> r.status() == RunStatus.RUNNING).isPresent();
    } catch (HostException e) {
      // What cannot be read says nothing to anybody.
      return false;
    }
  }
}
