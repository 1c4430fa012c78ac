package dev.landfall.testkit.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The faults that a sandbox is to show, and the changes that wait to be applied late.
 *
 * <p>Of several faults that concern a call, the one that was injected first strikes. Safe for use
 * by several threads.
 */
public final class Faults {

  /** A fault in force: how often it may still strike, and what it has looked at. */
  private static final class Armed {
    final Fault fault;
    final Map<Likeness, Integer> seen = new HashMap<>();
    int left;

    Armed(Fault fault) {
      this.fault = fault;
      left = fault.times;
    }

    boolean strikes(Operation operation, int inFlight) {
      if (!fault.concerns(operation, inFlight)) {
        return false;
      }
      if (fault.probability >= 1) {
        return true;
      }
      Likeness likeness = new Likeness(operation.kind(), operation.records());
      int nth = seen.merge(likeness, 1, Integer::sum);
      return Chance.of(fault.seed, likeness.number(), nth) < fault.probability;
    }
  }

  /** What two calls for the same thing have in common. */
  private record Likeness(String kind, List<String> records) {
    /** The same in every process, which a record's own hash code does not promise. */
    int number() {
      return 31 * kind.hashCode() + records.hashCode();
    }
  }

  /** A call that was struck, and what lets go of it: a clearing between strike and hold counts. */
  record Strike(Fault fault, CountDownLatch release) {

    /** Holds the calling thread for the fault's latency, or until calls are let go. */
    void holdForLatency() throws InterruptedException {
      if (!fault.latency.isZero()) {
        boolean unused = release.await(fault.latency.toNanos(), TimeUnit.NANOSECONDS);
      }
    }

    /** Holds the calling thread until calls are let go. */
    void hold() throws InterruptedException {
      release.await();
    }
  }

  /** A change that waits; one call is never equal to another. */
  private static final class Late {
    final Operation operation;

    Late(Operation operation) {
      this.operation = operation;
    }
  }

  private final List<Armed> armed = new ArrayList<>();
  private final Set<Late> late = new LinkedHashSet<>();
  private CountDownLatch release = new CountDownLatch(1);
  private @Nullable ScheduledExecutorService timer;
  private boolean closed;
  private long struck;

  Faults() {}

  /**
   * Puts a fault in force, behind those that are.
   *
   * @param fault the fault
   */
  public synchronized void inject(Fault fault) {
    armed.add(new Armed(fault));
  }

  /**
   * Takes every fault out of force and lets go of calls that are held: slow ones are answered,
   * silent ones cut. What waits to be applied late still waits.
   */
  public synchronized void clear() {
    armed.clear();
    release.countDown();
    if (!closed) {
      release = new CountDownLatch(1);
    }
  }

  /**
   * The faults in force.
   *
   * @return a copy, in the order they are tried
   */
  public synchronized List<Fault> inForce() {
    return armed.stream().map(a -> a.fault).toList();
  }

  /**
   * How many calls a fault struck since the sandbox was started.
   *
   * @return the number of calls
   */
  public synchronized long struck() {
    return struck;
  }

  /**
   * How many changes wait to be applied late.
   *
   * @return the number of calls whose change waits
   */
  public synchronized int pendingLate() {
    return late.size();
  }

  /**
   * Applies all that waits, in the order the calls arrived, and returns once it is done.
   *
   * @return how many were applied
   */
  public int applyLate() {
    return applyLate(operation -> true);
  }

  /**
   * Applies what waits for one record, in the order the calls arrived, and returns once it is done.
   *
   * @param record the record, as the system names it
   * @return how many were applied
   */
  public int applyLate(String record) {
    return applyLate(operation -> operation.records().contains(record));
  }

  /**
   * Forgets all that waits: it is never applied.
   *
   * @return how many were forgotten
   */
  public synchronized int dropLate() {
    int dropped = late.size();
    late.clear();
    return dropped;
  }

  private synchronized int applyLate(Predicate<Operation> which) {
    List<Late> due = late.stream().filter(l -> which.test(l.operation)).toList();
    due.forEach(this::applyNow);
    return due.size();
  }

  private synchronized void applyNow(Late waiting) {
    if (late.remove(waiting)) {
      Answer unused = waiting.operation.perform().get();
    }
  }

  private void applyInTime(Late waiting) {
    try {
      applyNow(waiting);
    } catch (RuntimeException e) {
      // Nobody waits for a scheduled task, and its future would keep the failure to itself.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  synchronized Optional<Strike> strike(Operation operation, int inFlight) {
    for (Iterator<Armed> candidates = armed.iterator(); candidates.hasNext(); ) {
      Armed candidate = candidates.next();
      if (candidate.strikes(operation, inFlight)) {
        struck++;
        if (--candidate.left == 0) {
          candidates.remove();
        }
        return Optional.of(new Strike(candidate.fault, release));
      }
    }
    return Optional.empty();
  }

  synchronized void postpone(Operation operation, @Nullable Duration delay) {
    if (closed) {
      return;
    }
    Late waiting = new Late(operation);
    late.add(waiting);
    if (delay != null) {
      if (timer == null) {
        timer = Executors.newSingleThreadScheduledExecutor(Faults::daemon);
      }
      var unused =
          timer.schedule(() -> applyInTime(waiting), delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  synchronized void close() {
    closed = true;
    clear();
    late.clear();
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sandbox-late");
    thread.setDaemon(true);
    return thread;
  }
}
