package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several syncs at once in one host. */
@Timeout(60)
class SeveralSyncsTest {

  private static final int SYNCS = 4;

  @TempDir Path folder;

  /** Waits until all runs are planned, so that they send at the same time. */
  private static RunListener together(CyclicBarrier barrier, Runnable then) {
    return new RunListener() {
      @Override
      public void planned(RunReport planned) {
        try {
          barrier.await();
          then.run();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  @Test
  void eachHasItsOwnLedgerBooksAndEnd() throws Exception {
    Scene first = Scene.in(folder).audience(1, 30);
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < SYNCS; i++) {
      scenes.add(first.another("sync" + i).group("group" + i));
    }
    CyclicBarrier barrier = new CyclicBarrier(SYNCS);
    ExecutorService threads = Executors.newFixedThreadPool(SYNCS);
    try (Host host = Host.builder(first.plugins(), first.state()).variables(n -> null).build()) {
      List<Future<RunReport>> runs = new ArrayList<>();
      for (int i = 0; i < SYNCS; i++) {
        Path manifest = scenes.get(i).manifestFile();
        Cancellation cancellation = new Cancellation();
        RunListener listener = together(barrier, i == 2 ? cancellation::cancel : () -> {});
        runs.add(threads.submit(() -> host.sync(RunRequest.of(manifest), listener, cancellation)));
      }

      Set<String> ids = new TreeSet<>();
      for (int i = 0; i < SYNCS; i++) {
        RunReport report = runs.get(i).get();
        ids.add(report.run());
        assertThat(report.sync()).isEqualTo("sync" + i);
        assertThat(report.status()).isEqualTo(i == 2 ? RunStatus.CANCELLED : RunStatus.COMPLETED);
        assertThat(report.adds().delivered()).isEqualTo(i == 2 ? 0 : 30);
        assertThat(first.members("group" + i)).hasSize(i == 2 ? 0 : 30);
        assertThat(scenes.get(i).kept(report.run())).isEqualTo(report);
      }
      assertThat(ids).hasSize(SYNCS);
    } finally {
      threads.shutdownNow();
    }
  }
}
