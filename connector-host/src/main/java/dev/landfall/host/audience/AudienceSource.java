package dev.landfall.host.audience;

import dev.landfall.connector.Context;
import dev.landfall.host.jdbc.JdbcDrivers;
import dev.landfall.host.jdbc.JdbcRequest;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamRequest;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where an audience is read from. */
public sealed interface AudienceSource {

  /** What messages call it. */
  String words();

  /**
   * Files.
   *
   * @param path JSON lines if it ends in {@code .jsonl}, {@code .ndjson} or {@code .json}, Parquet
   *     if in {@code .parquet}, else text with a header line and a delimiter; packed if {@code .gz}
   *     or {@code .zst} follows; every file that fits, if its names hold {@code *} or {@code ?}
   * @param query a SELECT over the table {@code file}, or null for the file as it is
   */
  record Files(Path path, @Nullable String query) implements AudienceSource {
    /** Requires a path. */
    public Files {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public String words() {
      return path.toString();
    }
  }

  /**
   * A query over JDBC.
   *
   * @param request what to ask, and whom
   * @param drivers how
   */
  record Query(JdbcRequest request, JdbcDrivers drivers) implements AudienceSource {
    @Override
    public String words() {
      return "what the source's query gives";
    }
  }

  /**
   * A stream of a source connector, from its beginning to its end.
   *
   * @param request which stream
   * @param query a SELECT over the table {@code stream}, or null for the stream as it is
   * @param context what the connector is lent
   * @param listener hears of what is no row
   */
  record Stream(
      StreamRequest request, @Nullable String query, Context context, StreamListener listener)
      implements AudienceSource {
    @Override
    public String words() {
      return request.words();
    }
  }
}
