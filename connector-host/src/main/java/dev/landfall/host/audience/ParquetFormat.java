package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.nio.file.Path;
import java.util.Optional;

/** Parquet. */
record ParquetFormat() implements Format {

  @Override
  public String relation(Database database, SourceFile file) {
    // A folder named "region=eu" must not become a column.
    return "read_parquet(" + Format.literal(file) + ", hive_partitioning=false)";
  }

  @Override
  public Optional<HostException> explain(Path file, DatabaseException failure) {
    return failure.isData()
        ? Optional.of(SourceProblems.unreadableFormat(file, "Parquet", ""))
        : Optional.empty();
  }
}
