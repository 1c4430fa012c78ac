package dev.landfall.testkit.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with a call: what the caller sees, and, said apart, whether the change
 * is made.
 *
 * <pre>{@code
 * faults.inject(Fault.answering(503).applied().onCalls("add").onRecords("123").times(2));
 * faults.inject(Fault.cut().notApplied().withProbability(0.01, 42));
 * faults.inject(Fault.silence().appliedLate().onCalls("remove"));   // then faults.applyLate()
 * }</pre>
 *
 * <p>A fault strikes every call unless it is narrowed. Immutable.
 */
public final class Fault {

  /** What the caller sees. Says nothing yet of whether the change is made: the next word does. */
  public static final class Symptom {
    final SymptomKind kind;
    final Answer answer;
    final Duration over;

    private Symptom(SymptomKind kind, Answer answer, Duration over) {
      this.kind = kind;
      this.answer = answer;
      this.over = over;
    }

    /**
     * The change is made, before the caller sees anything.
     *
     * @return a fault that strikes every call
     */
    public Fault applied() {
      return new Fault(this, Applied.FIRST, null);
    }

    /**
     * The change is never made.
     *
     * @return a fault that strikes every call
     */
    public Fault notApplied() {
      return new Fault(this, Applied.NEVER, null);
    }

    /**
     * The change is made when {@link Faults#applyLate()} says so.
     *
     * @return a fault that strikes every call
     */
    public Fault appliedLate() {
      return new Fault(this, Applied.LATE, null);
    }

    /**
     * The change is made after a time, or when {@link Faults#applyLate()} says so if that comes
     * first.
     *
     * @param delay how long after the call's arrival, by the machine's time
     * @return a fault that strikes every call
     */
    public Fault appliedLate(Duration delay) {
      return new Fault(this, Applied.LATE, requireNotNegative(delay));
    }
  }

  enum SymptomKind {
    OWN_ANSWER,
    ANSWER,
    CUT,
    BROKEN_BODY,
    SILENCE,
    DRIP
  }

  enum Applied {
    FIRST,
    NEVER,
    LATE
  }

  private static final Answer NO_ANSWER = Answer.of(200);

  final Symptom symptom;
  final Applied applied;
  final @Nullable Duration lateAfter;
  final Set<String> kinds;
  final Set<String> records;
  final int times;
  final double probability;
  final long seed;
  final Duration latency;
  final int beyond;

  private Fault(Symptom symptom, Applied applied, @Nullable Duration lateAfter) {
    this(
        symptom, applied, lateAfter, Set.of(), Set.of(), Integer.MAX_VALUE, 1, 0, Duration.ZERO, 0);
  }

  private Fault(
      Symptom symptom,
      Applied applied,
      @Nullable Duration lateAfter,
      Set<String> kinds,
      Set<String> records,
      int times,
      double probability,
      long seed,
      Duration latency,
      int beyond) {
    this.symptom = symptom;
    this.applied = applied;
    this.lateAfter = lateAfter;
    this.kinds = kinds;
    this.records = records;
    this.times = times;
    this.probability = probability;
    this.seed = seed;
    this.latency = latency;
    this.beyond = beyond;
  }

  /**
   * A status, with a small JSON body that carries {@code errors}.
   *
   * @param status the HTTP status
   * @return what the caller sees
   */
  public static Symptom answering(int status) {
    return answering(errors(status));
  }

  /**
   * A status and a Retry-After header.
   *
   * @param status the HTTP status
   * @param retryAfter the header's value as sent: seconds, a date, or something that is neither
   * @return what the caller sees
   */
  public static Symptom answering(int status, String retryAfter) {
    return answering(errors(status).withHeader("Retry-After", retryAfter));
  }

  /**
   * Any answer.
   *
   * @param answer the answer
   * @return what the caller sees
   */
  public static Symptom answering(Answer answer) {
    return new Symptom(SymptomKind.ANSWER, answer, Duration.ZERO);
  }

  /**
   * A 200 whose body is a page of HTML, as a gateway or a login page gives.
   *
   * @return what the caller sees
   */
  public static Symptom html() {
    return answering(
        Answer.text(200, "text/html", "<!DOCTYPE html><html><body>Welcome</body></html>"));
  }

  /**
   * A 200 whose body is JSON and carries {@code errors}.
   *
   * @return what the caller sees
   */
  public static Symptom errorsInside() {
    return answering(errors(200));
  }

  /**
   * A 200 whose body is JSON that ends too early, though the answer itself is whole.
   *
   * @return what the caller sees
   */
  public static Symptom truncated() {
    return answering(Answer.text(200, "application/json", "{\"data\": [{\"id\": \"1"));
  }

  /**
   * A redirect that keeps the method (307).
   *
   * @param location where to
   * @return what the caller sees
   */
  public static Symptom redirect(URI location) {
    return answering(Answer.of(307).withHeader("Location", location.toString()));
  }

  /**
   * The connection is reset without an answer.
   *
   * @return what the caller sees
   */
  public static Symptom cut() {
    return new Symptom(SymptomKind.CUT, NO_ANSWER, Duration.ZERO);
  }

  /**
   * A 200, then bytes that are no body, then the connection closes.
   *
   * @return what the caller sees
   */
  public static Symptom brokenBody() {
    return new Symptom(SymptomKind.BROKEN_BODY, NO_ANSWER, Duration.ZERO);
  }

  /**
   * No answer at all: the call is held until {@link Faults#clear()} or the sandbox's end, and then
   * cut.
   *
   * @return what the caller sees
   */
  public static Symptom silence() {
    return new Symptom(SymptomKind.SILENCE, NO_ANSWER, Duration.ZERO);
  }

  /**
   * A body that arrives a little at a time, each piece well within a time limit on reading: the
   * sandbox's own answer where the change is made first, else a 200 with an empty JSON object.
   *
   * @param over how long the whole body takes
   * @return what the caller sees
   */
  public static Symptom dripping(Duration over) {
    return new Symptom(SymptomKind.DRIP, NO_ANSWER, requireNotNegative(over));
  }

  /**
   * The sandbox's own answer, late; the change is made on arrival.
   *
   * @param latency how long after the call's arrival
   * @return a fault that strikes every call
   */
  public static Fault slow(Duration latency) {
    return new Symptom(SymptomKind.OWN_ANSWER, NO_ANSWER, Duration.ZERO).applied().after(latency);
  }

  /**
   * The same fault for calls of some kinds alone.
   *
   * @param values kinds in the sandbox's own words; none means every kind
   * @return a changed copy
   */
  public Fault onCalls(String... values) {
    return new Fault(
        symptom,
        applied,
        lateAfter,
        Set.of(values),
        records,
        times,
        probability,
        seed,
        latency,
        beyond);
  }

  /**
   * The same fault for calls that carry one of some records.
   *
   * @param values records as the system names them; none means every call
   * @return a changed copy
   */
  public Fault onRecords(String... values) {
    return new Fault(
        symptom,
        applied,
        lateAfter,
        kinds,
        Set.of(values),
        times,
        probability,
        seed,
        latency,
        beyond);
  }

  /**
   * The same fault for a number of calls, after which it is gone.
   *
   * @param value how many calls it strikes, at least 1
   * @return a changed copy
   */
  public Fault times(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("A fault strikes at least once, not " + value + " times");
    }
    return new Fault(
        symptom, applied, lateAfter, kinds, records, value, probability, seed, latency, beyond);
  }

  /**
   * The same fault for some calls, chosen by chance. Which ones depends on the seed, the call's
   * kind and records, and how often this fault looked at such a call before; so a history of calls
   * repeats, in whatever order concurrent calls arrive.
   *
   * @param share the chance of a call to be struck, 0 to 1
   * @param from the seed
   * @return a changed copy
   */
  public Fault withProbability(double share, long from) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A probability lies between 0 and 1, not " + share);
    }
    return new Fault(
        symptom, applied, lateAfter, kinds, records, times, share, from, latency, beyond);
  }

  /**
   * The same fault, seen by the caller only after a time. The change, if it is made first, is made
   * before the wait.
   *
   * @param value how long the caller waits
   * @return a changed copy
   */
  public Fault after(Duration value) {
    return new Fault(
        symptom,
        applied,
        lateAfter,
        kinds,
        records,
        times,
        probability,
        seed,
        requireNotNegative(value),
        beyond);
  }

  /**
   * The same fault only while more than so many calls are under way, the struck one among them:
   * {@code Fault.answering(429).notApplied().beyond(16)} is a system that bears 16 calls at once.
   *
   * @param calls how many calls there may be without it, at least 1
   * @return a changed copy
   */
  public Fault beyond(int calls) {
    if (calls < 1) {
      throw new IllegalArgumentException("A system bears at least one call, not " + calls);
    }
    return new Fault(
        symptom, applied, lateAfter, kinds, records, times, probability, seed, latency, calls);
  }

  boolean concerns(Operation operation, int inFlight) {
    return inFlight > beyond
        && (kinds.isEmpty() || kinds.contains(operation.kind()))
        && (records.isEmpty() || operation.records().stream().anyMatch(records::contains));
  }

  private static Answer errors(int status) {
    return Answer.json(
        status,
        Map.of("errors", List.of(Map.of("code", "fault", "detail", "A fault was asked for."))));
  }

  private static Duration requireNotNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("A time cannot be negative");
    }
    return duration;
  }

  /** What the caller sees, on which calls, and whether the change is made; no record. */
  @Override
  public String toString() {
    String seen =
        switch (symptom.kind) {
          case OWN_ANSWER -> "a late answer";
          case ANSWER -> "answer " + symptom.answer.status();
          case CUT -> "a cut connection";
          case BROKEN_BODY -> "a body that breaks off";
          case SILENCE -> "silence";
          case DRIP -> "a dripping body";
        };
    String change =
        switch (applied) {
          case FIRST -> "the change is made";
          case NEVER -> "the change is not made";
          case LATE -> "the change is made late";
        };
    String calls = kinds.isEmpty() ? "" : " on " + String.join(" and ", new TreeSet<>(kinds));
    return seen + calls + ", " + change;
  }
}
