package dev.landfall.kognitiv.sandbox;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the API does where several things are possible. Every method takes effect with the next
 * call. Safe for use by several threads.
 */
public final class Switches {

  private final Clock clock;
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
  private volatile boolean repeatedAddConflicts;
  private volatile boolean removeOfNonMemberSucceeds;
  private volatile boolean suspendedStay;
  private volatile boolean bodies;
  private volatile boolean referencesHidden;
  private volatile boolean notFoundAlike;
  private long capacity = Long.MAX_VALUE;
  private long second;
  private long callsInSecond;

  Switches(Clock clock) {
    this.clock = clock;
  }

  /**
   * Whether the credential may make calls of a kind; by default it may make all. A call that it may
   * not make is answered 403.
   *
   * @param kind {@link KognitivSandbox#LIST}, {@link KognitivSandbox#ADD} or {@link
   *     KognitivSandbox#REMOVE}
   * @param allowed whether it may
   * @return this
   */
  public Switches permit(String kind, boolean allowed) {
    boolean unused = allowed ? forbidden.remove(kind) : forbidden.add(kind);
    return this;
  }

  /**
   * Whether adding a member that is in the group is answered 409, "already a member"; by default it
   * is answered like any other add.
   *
   * @param value true for 409
   * @return this
   */
  public Switches repeatedAddConflicts(boolean value) {
    repeatedAddConflicts = value;
    return this;
  }

  /**
   * Whether removing a member that is not in the group is answered like any other remove; by
   * default it is answered 404.
   *
   * @param value true for success
   * @return this
   */
  public Switches removeOfNonMemberSucceeds(boolean value) {
    removeOfNonMemberSucceeds = value;
    return this;
  }

  /**
   * Whether removing a suspended member is refused with 422, as adding one always is; by default it
   * succeeds.
   *
   * @param value true for 422
   * @return this
   */
  public Switches suspendedStay(boolean value) {
    suspendedStay = value;
    return this;
  }

  /**
   * Whether a success is answered 200 with a JSON body; by default it is answered 204 without one.
   *
   * @param value true for a body
   * @return this
   */
  public Switches bodies(boolean value) {
    bodies = value;
    return this;
  }

  /**
   * Whether the list of groups leaves out their external references; by default it has them.
   *
   * @param value true to leave them out
   * @return this
   */
  public Switches referencesHidden(boolean value) {
    referencesHidden = value;
    return this;
  }

  /**
   * Whether a 404 says the same for a member and for a group; by default its message tells which
   * was not found.
   *
   * @param value true for one body for both
   * @return this
   */
  public Switches notFoundAlike(boolean value) {
    notFoundAlike = value;
    return this;
  }

  /**
   * How many calls with a token are taken in each second of the sandbox's clock; the rest is
   * answered 429 with a Retry-After of one second. No limit by default.
   *
   * @param callsPerSecond at least 0
   * @return this
   */
  public synchronized Switches capacity(long callsPerSecond) {
    capacity = callsPerSecond;
    return this;
  }

  boolean forbids(String kind) {
    return forbidden.contains(kind);
  }

  boolean repeatedAddConflicts() {
    return repeatedAddConflicts;
  }

  boolean removeOfNonMemberSucceeds() {
    return removeOfNonMemberSucceeds;
  }

  boolean suspendedStay() {
    return suspendedStay;
  }

  boolean bodies() {
    return bodies;
  }

  boolean referencesHidden() {
    return referencesHidden;
  }

  boolean notFoundAlike() {
    return notFoundAlike;
  }

  synchronized boolean overCapacity() {
    long now = clock.instant().getEpochSecond();
    if (now != second) {
      second = now;
      callsInSecond = 0;
    }
    callsInSecond++;
    return callsInSecond > capacity;
  }
}
