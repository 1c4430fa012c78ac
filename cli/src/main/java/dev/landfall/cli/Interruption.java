package dev.landfall.cli;

import dev.landfall.host.delivery.Cancellation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Turns the signals that end a process into a cancellation, so that what is in flight is finished
 * and recorded. Ctrl-C once waits for it, twice cuts it off; a termination cuts it off by itself
 * before an orchestrator kills.
 *
 * <p>By reflection: the JDK has no other way to hear a signal than {@code sun.misc.Signal}, which
 * the compiler does not let pass without a warning. Where a JVM has none, signals end the process
 * as ever, and the next run closes the books.
 */
final class Interruption implements AutoCloseable {

  /** Orchestrators kill 30 seconds after they asked; cutting off takes up to 10. */
  private static final long PATIENCE_SECONDS = 18;

  private record Replaced(Object signal, Object handler) {}

  private final List<Replaced> replaced = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();
  private final Consumer<String> says;

  private Interruption(Consumer<String> says) {
    this.says = says;
  }

  /**
   * Hears signals until it is closed.
   *
   * @param says tells a person what comes of them; called in a thread of its own
   */
  static Interruption hear(Consumer<String> says) {
    Interruption interruption = new Interruption(says);
    interruption.hear("INT", interruption::interrupted);
    interruption.hear("TERM", interruption::terminated);
    interruption.hear("HUP", interruption::terminated);
    return interruption;
  }

  /** What the signals cancel. */
  Cancellation cancellation() {
    return cancellation;
  }

  private void interrupted() {
    if (cancellation.requested()) {
      says.accept("Cutting it off; what was in flight is recorded as unknown.");
      cancellation.cancelHard();
    } else {
      says.accept("Ending in good order; Ctrl-C again cuts it off.");
      cancellation.cancel();
    }
  }

  private void terminated() {
    says.accept("Ending in good order.");
    cancellation.cancel();
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(cancellation::cancelHard);
  }

  private void hear(String name, Runnable action) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object signal = signals.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              handlers.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      Object before = signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
      replaced.add(new Replaced(signal, before));
    } catch (ReflectiveOperationException e) {
      says.accept(
          "note: this Java does not let the signal " + name + " be heard; it ends the process.");
    }
  }

  /** Lets the signals do what they did before. */
  @Override
  public void close() {
    for (Replaced one : replaced) {
      try {
        Class<?> signals = one.signal().getClass();
        Class<?> handlers = Class.forName("sun.misc.SignalHandler");
        signals.getMethod("handle", signals, handlers).invoke(null, one.signal(), one.handler());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("What was replaced can be put back", e);
      }
    }
  }
}
