package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a kind of file is read by DuckDB. */
interface Format {

  /** The format that the ending of a file's name says. */
  static Format of(Path file) {
    String packed = file.getFileName().toString();
    String name = Packing.of(packed).unpackedName(packed).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "parquet" -> new ParquetFormat();
      case "jsonl", "ndjson", "json" -> new JsonFormat(ending.equals("json"));
      default -> new DelimitedFormat();
    };
  }

  /**
   * The file as a table expression, in which every row of the file is a row.
   *
   * @throws HostException if the file is seen not to be of this format
   */
  String relation(Database database, SourceFile file);

  /** The same for a person's query: each column with a type that SQL can compare. */
  default String queryable(Database database, SourceFile file) {
    return relation(database, file);
  }

  /** Whether files of one audience may have other columns than the first has. */
  default boolean columnsMayDiffer() {
    return false;
  }

  /** What is wrong with the file, if that is what a failure to read its relation says. */
  Optional<HostException> explain(Path file, DatabaseException failure);

  /** A file as an SQL literal that names it alone, whatever characters are in its path. */
  static String literal(SourceFile file) {
    // DuckDB takes these as wildcards, and would read other files.
    return Database.literal(
        file.content().toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]"));
  }
}
