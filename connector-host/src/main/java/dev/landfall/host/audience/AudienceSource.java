package dev.landfall.host.audience;

import dev.landfall.host.jdbc.JdbcDrivers;
import dev.landfall.host.jdbc.JdbcRequest;
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
}
