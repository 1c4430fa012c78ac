package dev.landfall.connector;

import dev.landfall.connector.sync.RowSchema;
import java.util.Optional;

/** An open stream. Not safe for use by several threads, but for {@link #close}. */
public interface SourceReader extends AutoCloseable {

  /**
   * The fields of every row. The same for the reader's life.
   *
   * @return the schema
   */
  RowSchema schema();

  /**
   * The next rows, in the order of the stream. Reading again from a batch's {@code resumeFrom}
   * gives what follows that batch: nothing twice, nothing left out.
   *
   * @return a batch, or empty at the end of what is there now
   * @throws ConnectorException if the stream cannot be read any further
   */
  Optional<SourceBatch> read();

  /** Ends the reading and frees what it holds. Idempotent, from any thread; does not throw. */
  @Override
  void close();
}
