package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JSON: an object a line, or one array of objects.
 *
 * @param arrays whether an array is taken too
 */
record JsonFormat(boolean arrays) implements Format {

  private static final Pattern MALFORMED =
      Pattern.compile("Malformed JSON in file .* in line (\\d+): ([^\\n]*)");

  @Override
  public String relation(Database database, SourceFile file) {
    // Depth 1 leaves every value as JSON: DuckDB would take texts for dates and rewrite them.
    return "read_json("
        + Format.literal(file)
        + ", format="
        + (arrays ? "'auto'" : "'newline_delimited'")
        + ", records=true, maximum_depth=1, sample_size=-1, map_inference_threshold=-1,"
        + " compression='none', hive_partitioning=false)";
  }

  /** What no line of a file has, it does not name. */
  @Override
  public boolean columnsMayDiffer() {
    return true;
  }

  /** Values as texts: a JSON text would compare with its quotes. */
  @Override
  public String queryable(Database database, SourceFile file) {
    String relation = relation(database, file);
    return Relation.columns(database, relation).stream()
        .map(c -> c.text().orElseThrow() + " as " + Database.name(c.name()))
        .collect(Collectors.joining(", ", "(select ", " from " + relation + ")"));
  }

  @Override
  public Optional<HostException> explain(Path file, DatabaseException failure) {
    String message = failure.getMessage();
    Matcher malformed = MALFORMED.matcher(message);
    if (malformed.find()) {
      // DuckDB names the line after the one it means.
      String where = ", line " + (Long.parseLong(malformed.group(1)) - 1);
      return Optional.of(
          malformed.group(2).contains("UTF-8")
              ? SourceProblems.encoding(file, where)
              : SourceProblems.unreadableFormat(file, "JSON lines", where));
    }
    return failure.isData() || message.contains("non-record JSON")
        ? Optional.of(SourceProblems.unreadableFormat(file, "JSON lines", ""))
        : Optional.empty();
  }
}
