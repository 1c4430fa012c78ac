package dev.landfall.host.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lanes on one thread and virtual time: each batch takes effect at some moment of its latency, and
 * batches end out of order, as the random source says. One seed gives one history.
 */
public final class SimulatedLanes implements Lanes {

  private record Event(long at, long tie, Flight flight, long endAt, boolean end) {}

  private final RandomGenerator random;
  private final Instant start;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::tie));
  private final Queue<Flight> ended = new ArrayDeque<>();
  private Runnable step = () -> {};
  private long least = Duration.ofMillis(5).toNanos();
  private long most = Duration.ofMillis(50).toNanos();
  private long now;
  private long spentInFlight;
  private boolean running;
  private boolean woken;
  private boolean closed;
  private @Nullable Error crash;
  private int atOnce;
  private int mostAtOnce;

  /** Lanes whose time begins at an instant. */
  public SimulatedLanes(RandomGenerator random, Instant start) {
    this.random = random;
    this.start = start;
  }

  /** Sets between what bounds a call's latency lies; 5 to 50 ms unless set. */
  public SimulatedLanes latency(Duration shortest, Duration longest) {
    least = shortest.toNanos();
    most = longest.toNanos();
    return this;
  }

  /**
   * Sets what is called before a batch is submitted, before and after it takes effect, and before
   * the engine waits; an Error thrown there passes through the engine as a crash.
   */
  public SimulatedLanes onStep(Runnable hook) {
    step = hook;
    return this;
  }

  /** Crashes the run at its next step; for a session, whose own errors the engine catches. */
  public void crash(Error error) {
    crash = error;
  }

  /**
   * Lets time pass: within {@code deliver}, the batch's own; outside (in a journal, say), that of
   * the thread of the run, while batches go on.
   */
  public void spend(Duration time) {
    if (running) {
      spentInFlight += time.toNanos();
      return;
    }
    long until = now + time.toNanos();
    while (!events.isEmpty() && events.element().at() <= until) {
      happen(events.remove());
    }
    now = until;
  }

  /** The virtual time. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone).withZone(zone);
      }

      @Override
      public Instant instant() {
        return start.plusNanos(now);
      }
    };
  }

  /** How many batches are under way. */
  public int atOnce() {
    return atOnce;
  }

  /** How many batches were under way at once at the most. */
  public int mostAtOnce() {
    return mostAtOnce;
  }

  /** Whether the delivery closed the lanes. */
  public boolean closed() {
    return closed;
  }

  @Override
  public void submit(Flight flight) {
    step();
    atOnce++;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    long latency = most == least ? least : random.nextLong(least, most);
    long effect = latency == 0 ? 0 : random.nextLong(latency);
    events.add(new Event(now + effect, random.nextLong(), flight, now + latency, false));
  }

  @Override
  public Optional<Flight> await(Duration atMost) {
    step();
    long nanos = atMost.toNanos();
    long until = nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
    while (!woken && ended.isEmpty()) {
      if (events.isEmpty() || events.element().at() > until) {
        if (until == Long.MAX_VALUE) {
          throw new IllegalStateException("The engine waits for ever");
        }
        now = until;
        return Optional.empty();
      }
      happen(events.remove());
    }
    woken = false;
    return Optional.ofNullable(ended.poll());
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void wake() {
    woken = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void happen(Event event) {
    now = Math.max(now, event.at());
    if (event.end()) {
      atOnce--;
      ended.add(event.flight());
      return;
    }
    step();
    spentInFlight = 0;
    running = true;
    event.flight().run();
    running = false;
    step();
    long endAt = Math.max(now, event.endAt()) + spentInFlight;
    events.add(new Event(endAt, random.nextLong(), event.flight(), endAt, true));
  }

  private void step() {
    if (crash != null) {
      Error thrown = crash;
      crash = null;
      throw thrown;
    }
    step.run();
  }
}
