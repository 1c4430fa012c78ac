package dev.landfall.connector;

/**
 * A system that a sync writes to. Found by {@link java.util.ServiceLoader}: the class is public and
 * has a public constructor without arguments, which does no I/O and starts no thread.
 *
 * <p>Threads: a host may call any method from any thread, several at once.
 */
public interface Destination {

  /**
   * What this connector is and can do. Pure: no I/O, and equal at every call.
   *
   * @return the descriptor
   */
  DestinationDescriptor descriptor();

  /**
   * Connects, and reports item by item whether a sync would work. Changes nothing in the
   * destination. What cannot be told is reported as unverified, never as passed.
   *
   * @param request the settings to check
   * @return one item for each thing that was looked at, in the order they were looked at; a failed
   *     item is no exception
   */
  CheckReport check(CheckRequest request);

  /**
   * Opens a session. May do I/O, or leave that to the first batch.
   *
   * @param request the settings, the mode and the fields
   * @return a session that the host closes
   * @throws ConnectorException if no session can be opened
   */
  DestinationSession open(SessionRequest request);
}
