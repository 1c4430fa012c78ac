package dev.landfall.host.delivery;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.HostException;
import dev.landfall.host.delivery.DeliveryListener.Progress;
import dev.landfall.host.ledger.Tally;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A run as a whole: its directions, what they share, and how it ends early. */
final class Run {

  private static final Duration CLOSING = Duration.ofSeconds(10);

  final DeliveryRequest request;
  final Lanes lanes;
  final Stops stops = new Stops();
  final Books books = new Books();
  final Recorder recorder;
  final Pace pace;
  final InFlightLimit inFlight;
  final Backoff backoff;
  final Availability availability;
  private final Map<ChangeKind, Rejections> rejections = new EnumMap<>(ChangeKind.class);
  private boolean cancelled;
  private boolean expired;
  private boolean interrupted;
  private long calls;
  private long callNanos;
  private long giveUpNanos = Recorder.NEVER;

  Run(DeliveryRequest request, Lanes lanes) {
    this.request = request;
    this.lanes = lanes;
    DeliveryPolicy policy = request.policy();
    recorder =
        new Recorder(request.journal(), request.listener(), books, stops, policy.windowSize());
    pace = new Pace(policy.requestsPerSecond());
    inFlight = policy.limitInFlight();
    backoff = new Backoff(request.random());
    availability = new Availability(request.descriptor().name());
  }

  DeliveryReport deliver() {
    try {
      Map<ChangeKind, Long> planned = new LinkedHashMap<>();
      request.kinds().forEach(kind -> planned.put(kind, 0L));
      Long limit = request.policy().limit();
      long allowed = limit == null ? Long.MAX_VALUE : limit;
      do {
        allowed -= portion(planned, allowed);
      } while (next());
      // Waiting for confirmations is no measure of how fast the destination answers.
      DeliveryReport.Calls calls = calls();
      Tally confirmed = new Confirming(this).ask();
      Map<ChangeKind, Tally> tallies = new LinkedHashMap<>();
      planned.forEach((kind, count) -> tallies.put(kind, books.closed(kind, count)));
      return new DeliveryReport(
          tallies, stops.all(), books.problems(), calls, confirmed, cancelled);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Delivers a portion, direction after direction, and gives how many changes that were. */
  private long portion(Map<ChangeKind, Long> planned, long allowed) {
    Map<ChangeKind, Long> counts = new LinkedHashMap<>();
    request.kinds().forEach(kind -> counts.put(kind, request.changes().count(kind)));
    counts.forEach((kind, count) -> planned.merge(kind, count, Long::sum));
    long handed = 0;
    for (Map.Entry<ChangeKind, Long> direction : counts.entrySet()) {
      ChangeKind kind = direction.getKey();
      Feed feed = new Feed(request.changes(), kind, direction.getValue(), allowed - handed);
      long known =
          request.changes().isOpenEnded() ? Progress.UNKNOWN : planned.getOrDefault(kind, 0L);
      new Direction(this, kind, feed, known).deliver();
      handed += feed.handed();
    }
    return handed;
  }

  private boolean next() {
    try {
      boolean more =
          request.changes().next(!ended() && !request.kinds().stream().allMatch(this::over));
      heed();
      return more;
    } catch (HostException e) {
      stops.run(e.problem());
      return false;
    }
  }

  /** What the first records of a direction came to, whatever portion they are of. */
  Rejections rejections(ChangeKind kind) {
    return rejections.computeIfAbsent(kind, Rejections::new);
  }

  /** Counts a call that came back. */
  void returned(Flight flight) {
    calls++;
    callNanos += lanes.nanos() - flight.begunNanos();
  }

  private DeliveryReport.Calls calls() {
    double seconds = lanes.nanos() / 1e9;
    return calls == 0
        ? DeliveryReport.Calls.NONE
        : new DeliveryReport.Calls(calls, callNanos / 1e6 / calls, calls / Math.max(seconds, 1e-3));
  }

  /** Whether nothing more may be sent in a direction. */
  boolean over(ChangeKind kind) {
    return cancelled || expired || stops.over(kind);
  }

  /** Whether nothing more may be asked of the destination at all. */
  boolean ended() {
    return cancelled || expired || stops.over();
  }

  /** Looks whether somebody cancelled, and closes the session if they cannot wait. */
  void heed() {
    cancelled |= request.cancellation().requested();
    expired |= request.cancellation().expired();
    if (request.cancellation().hard() && giveUpNanos == Recorder.NEVER) {
      giveUpNanos = lanes.nanos() + CLOSING.toNanos();
      String wrong = Guard.close(request.session());
      if (wrong != null) {
        stops.contractBroken(request.descriptor().toString(), wrong);
      }
    }
  }

  /** When to wait no longer for calls that outlive their session, or never. */
  long giveUpNanos() {
    return giveUpNanos;
  }

  /** Waits for a batch to end, until a time of the lanes. */
  Optional<Flight> await(long untilNanos) {
    try {
      return lanes.await(Duration.ofNanos(Math.max(0, untilNanos - lanes.nanos())));
    } catch (InterruptedException e) {
      interrupted = true;
      request.cancellation().cancel();
      return Optional.empty();
    }
  }
}
