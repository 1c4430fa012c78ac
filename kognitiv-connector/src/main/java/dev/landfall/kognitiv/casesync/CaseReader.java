package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.sync.RowSchema;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads a stream, batch by batch. */
final class CaseReader implements SourceReader {

  private final CaseStream stream;
  private final SourceRequest request;
  private final ReadingNotes notes;
  private final FolderReading reading;
  private final ReentrantLock inUse = new ReentrantLock();
  private @Nullable ConnectorException failure;
  private volatile boolean closed;

  CaseReader(CaseStream stream, SourceRequest request) {
    this.stream = stream;
    this.request = request;
    notes = new ReadingNotes(stream);
    reading = new FolderReading(stream, request, notes, () -> closed);
  }

  @Override
  public RowSchema schema() {
    return stream.schema();
  }

  @Override
  public Optional<SourceBatch> read() {
    inUse.lock();
    try {
      reading.requireOpen();
      return next();
    } finally {
      inUse.unlock();
      if (closed) {
        release();
      }
    }
  }

  /** What comes before a failure is given first, and then the failure, however often. */
  private Optional<SourceBatch> next() {
    PartialBatch batch = new PartialBatch();
    if (failure == null) {
      try {
        reading.fill(batch);
      } catch (ConnectorException e) {
        failure = e;
      }
    }
    reading.requireOpen();
    boolean news = reading.takeNews();
    if (!batch.isEmpty() || (news && failure == null)) {
      Cursor cursor = reading.cursor();
      return Optional.of(batch.upTo(cursor));
    }
    notes.tell(request.context());
    if (failure != null) {
      throw failure;
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    release();
  }

  /** Waits for nobody: a read that is under way sees that it was closed, and comes here itself. */
  private void release() {
    if (inUse.tryLock()) {
      try {
        notes.tell(request.context());
        reading.close();
      } catch (IOException e) {
        // The file was only read: what closing it could lose, nobody has.
        failure = CaseSyncProblem.READING_CLOSED.exception("The reading was ended.");
      } finally {
        inUse.unlock();
      }
    }
  }
}
