package dev.landfall.host;

import dev.landfall.host.delivery.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The time that a run was given, by the machine's time. */
final class Deadline {

  private final @Nullable CompletableFuture<Void> end;

  private Deadline(@Nullable CompletableFuture<Void> end) {
    this.end = end;
  }

  /** Begins now; without a time it never ends. */
  static Deadline begin(@Nullable Duration longest, Cancellation cancellation) {
    return new Deadline(
        longest == null
            ? null
            : CompletableFuture.runAsync(
                cancellation::expire,
                CompletableFuture.delayedExecutor(longest.toNanos(), TimeUnit.NANOSECONDS)));
  }

  /** Forgets it. */
  void close() {
    if (end != null) {
      end.cancel(false);
    }
  }
}
