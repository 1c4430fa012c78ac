package dev.landfall.connector;

/**
 * A system that a sync reads from. Found by {@link java.util.ServiceLoader}: the class is public
 * and has a public constructor without arguments, which does no I/O and starts no thread.
 *
 * <p>Threads: a host may call any method from any thread, several at once.
 */
public interface Source {

  /**
   * What this connector is and can do. Pure: no I/O, and equal at every call.
   *
   * @return the descriptor
   */
  SourceDescriptor descriptor();

  /**
   * Looks whether the stream could be read, item by item, without reading it.
   *
   * @param request what would be read
   * @return one item for each thing that was looked at; a failed item is no exception
   */
  CheckReport check(SourceRequest request);

  /**
   * Opens a stream where the cursor stands.
   *
   * @param request what to read, and from where
   * @return a reader that the host closes
   * @throws ConnectorException if the stream cannot be opened, or the cursor cannot be used
   */
  SourceReader open(SourceRequest request);
}
