package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a source into a table with one row for each member. Either all of it was read, or nothing
 * is left and a {@link HostException} with a code {@code source.…} says why: a row left out would
 * be a member removed. No message or cause ever quotes a row.
 *
 * <p>Safe for use by several threads, if each has its own file to write.
 */
public final class AudienceReader {

  private static final long MEGABYTES_PER_THREAD = 64;

  private final Runnable onceRead;
  private final Cancellation cancellation;

  /** A reader that nobody breaks off. */
  public AudienceReader() {
    this(new Cancellation());
  }

  /**
   * A reader.
   *
   * @param cancellation breaks the reading off; it then fails with the code {@code run.broken-off}
   *     or {@code run.no-time-to-plan}
   */
  public AudienceReader(Cancellation cancellation) {
    this(() -> {}, cancellation);
  }

  /**
   * A reader that lets a test in.
   *
   * @param onceRead runs when files were read, and not yet found to be unchanged
   */
  AudienceReader(Runnable onceRead) {
    this(onceRead, new Cancellation());
  }

  private AudienceReader(Runnable onceRead, Cancellation cancellation) {
    this.onceRead = onceRead;
    this.cancellation = cancellation;
  }

  /**
   * Reads an audience.
   *
   * @param request what to read, and the DuckDB file to write
   * @return counts and schema of what is in that file now, which is closed
   * @throws HostException if the source, the query or the mapping is wrong, if a file changed while
   *     it was read or a query failed half-way, or if disk or memory do not suffice; the DuckDB
   *     file is gone then
   * @throws IllegalArgumentException if the DuckDB file is there already
   */
  public Audience read(AudienceRequest request) {
    if (Files.exists(request.audience())) {
      throw new IllegalArgumentException(request.audience() + " is there already");
    }
    if (cancellation.ended()) {
      throw BreakOff.brokenOff(cancellation);
    }
    boolean done = false;
    try {
      Audience audience = readAny(request);
      done = true;
      return audience;
    } finally {
      if (!done) {
        delete(request.audience());
      }
    }
  }

  private Audience readFiles(AudienceRequest request, FileReading reading) {
    try (Database database = open(request)) {
      Audience audience =
          BreakOff.onceEnded(cancellation, database::interrupt, () -> reading.read(database));
      onceRead.run();
      reading.requireUnchanged();
      return audience;
    } catch (DatabaseException e) {
      throw reading.explain(e);
    }
  }

  private Audience readAny(AudienceRequest request) {
    if (request.source() instanceof AudienceSource.Files files) {
      return readFiles(request, new FileReading(request, files, cancellation));
    }
    try (Database database = open(request)) {
      return request.source() instanceof AudienceSource.Query query
          ? QueryReading.read(database, request, query, cancellation)
          : StreamingRead.read(
              database, request, (AudienceSource.Stream) request.source(), cancellation);
    } catch (DatabaseException e) {
      throw ReadFailures.explain(request, request.source().words(), e, Optional.empty());
    }
  }

  private static Database open(AudienceRequest request) {
    Database database =
        Database.open(
            request.audience(),
            new Database.Options(false, request.memoryMegabytes(), request.temporaryFolder()));
    database.run(
        "set threads = " + threads(request.memoryMegabytes()),
        // The file is read once or twice and gone: packing it takes longer than writing it whole.
        "set force_compression = 'uncompressed'",
        // As text, a time must not depend on where this machine stands.
        "set TimeZone = 'UTC'");
    return database;
  }

  /** As many threads as have memory for their buffers. */
  private static long threads(long megabytes) {
    return Math.max(
        1, Math.min(Runtime.getRuntime().availableProcessors(), megabytes / MEGABYTES_PER_THREAD));
  }

  private static void delete(Path audience) {
    try {
      Files.deleteIfExists(audience);
      Files.deleteIfExists(audience.resolveSibling(audience.getFileName() + ".wal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
