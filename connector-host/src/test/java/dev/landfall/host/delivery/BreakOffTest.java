package dev.landfall.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class BreakOffTest {

  private static final String ENDLESS =
      "select sum(a.range + b.range) from range(100000000) a, range(100000000) b";

  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();

  @Test
  void aStatementThatRunsFailsAndTheDatabaseIsAsGoodAsBefore() {
    try (Database database = Database.inMemory(new Database.Options(false, 128, folder))) {
      HostException e =
          catchThrowableOfType(
              HostException.class,
              () ->
                  BreakOff.onceEnded(
                      cancellation,
                      database::interrupt,
                      () -> {
                        new Thread(cancellation::cancel).start();
                        return database.query(ENDLESS, r -> r.getString(1));
                      }));

      assertThat(BreakOff.interrupted(e)).isTrue();
      assertThat(e).hasNoCause();
      long seven = database.one("select 7", r -> r.getLong(1));
      assertThat(seven).isEqualTo(7);
    }
  }

  @Test
  void whatReachesTheWorkTooEarlyIsSaidAgain() throws Exception {
    CountDownLatch said = new CountDownLatch(3);

    BreakOff.onceEnded(
        cancellation,
        said::countDown,
        () -> {
          cancellation.expire();
          awaitUninterrupted(said);
          return true;
        });

    assertThat(said.getCount()).isZero();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatComesAfterTheWorkIsLeftAlone() {
    AtomicInteger said = new AtomicInteger();

    Integer done = BreakOff.onceEnded(cancellation, said::incrementAndGet, () -> 7);
    cancellation.cancel();

    assertThat(done).isEqualTo(7);
    assertThat(said).hasValue(0);
  }

  @Test
  void aFailureOfItsOwnIsNotTakenForABreakOff() {
    IllegalStateException own = new IllegalStateException();

    IllegalStateException thrown =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                BreakOff.onceEnded(
                    cancellation,
                    () -> {},
                    () -> {
                      throw own;
                    }));

    assertThat(thrown).isSameAs(own);
  }
}
