package dev.landfall.host.incremental;

import dev.landfall.connector.SourceBatch;
import dev.landfall.host.HostException;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.source.StreamReading;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Reads a stream ahead, in a thread of its own, so that reading and sending go on at the same time.
 * Holds a bounded number of rows.
 */
final class Prefetch implements AutoCloseable {

  /** A batch, the end, or what went wrong. */
  private record Item(@Nullable SourceBatch batch, @Nullable Throwable failure, int rows) {}

  /** How long after a cancellation nobody waits any more, at the most. */
  private static final long PATIENCE_MILLIS = 100;

  private final StreamReading reading;
  private final int most;
  private final Semaphore room;
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param rows how many rows are held at the most, but for a batch that is larger by itself
   */
  Prefetch(StreamReading reading, int rows) {
    this.reading = reading;
    this.most = rows;
    this.room = new Semaphore(rows);
    Map<String, String> context = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
    thread =
        new Thread(
            () -> {
              MDC.setContextMap(context);
              read();
            },
            "landfall-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try {
      Optional<SourceBatch> batch = reading.next();
      while (batch.isPresent()) {
        int rows = Math.min(most, batch.get().rows().size());
        room.acquire(rows);
        items.add(new Item(batch.get(), null, rows));
        batch = reading.next();
      }
      items.add(new Item(null, null, 0));
    } catch (InterruptedException e) {
      // Nobody waits for more.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      items.add(new Item(null, e, 0));
    }
  }

  /**
   * The next batch; empty at the end of what is there now, and when nobody waits for it any more.
   *
   * @param cancellation ends the waiting; an interrupt cancels
   * @throws HostException as the reading throws it
   */
  Optional<SourceBatch> next(Cancellation cancellation) {
    Item item = ended ? null : await(cancellation);
    if (item == null) {
      return Optional.empty();
    }
    room.release(item.rows());
    if (item.failure() instanceof RuntimeException e) {
      throw e;
    } else if (item.failure() instanceof Error e) {
      throw e;
    }
    ended = item.batch() == null;
    return Optional.ofNullable(item.batch());
  }

  private @Nullable Item await(Cancellation cancellation) {
    try {
      @Nullable Item item = null;
      while (item == null && !cancellation.requested() && !cancellation.expired()) {
        item = items.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
      return item;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancellation.cancel();
      return null;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    reading.close();
  }
}
