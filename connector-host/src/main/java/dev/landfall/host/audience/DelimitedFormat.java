package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text with a header line and a delimiter.
 *
 * <p>The header line decides how many columns there are and what parts them; DuckDB is told, and
 * not asked. Left to guess, it makes a ragged file consistent: it drops the first lines as notes,
 * or reads everything as one column, and either way members vanish without a word. Only the quote
 * is DuckDB's guess.
 */
record DelimitedFormat() implements Format {

  private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
  private static final Pattern COUNT =
      Pattern.compile("(?m)^Expected Number of Columns: (\\d+) Found: (\\d+)");

  @Override
  public String relation(Database database, SourceFile file) {
    HeaderLine header = HeaderLine.read(file);
    String given =
        Format.literal(file)
            + ", header=true, skip=0, delim="
            + Database.literal(String.valueOf(header.delimiter()));
    return "read_csv("
        + given
        + quoting(database, given)
        + ", comment='', strict_mode=true, auto_detect=false, compression='none',"
        + " hive_partitioning=false, columns="
        + columns(header.columns())
        + ")";
  }

  @Override
  public Optional<HostException> explain(Path file, DatabaseException failure) {
    String message = failure.getMessage();
    Matcher line = LINE.matcher(message);
    String where = line.find() ? ", line " + line.group(1) + "," : "";
    Matcher count = COUNT.matcher(message);
    if (message.contains("Invalid unicode")) {
      return Optional.of(SourceProblems.encoding(file, where.replaceAll(",$", "")));
    }
    if (count.find()) {
      return Optional.of(
          SourceProblems.row(
              file,
              where,
              "has " + count.group(2) + " values where the header has " + count.group(1)));
    }
    if (message.contains("unterminated quote")) {
      return Optional.of(
          SourceProblems.row(file, where, "has a quote that does not end where the value ends"));
    }
    if (message.contains("Maximum line size")) {
      return Optional.of(
          SourceProblems.row(file, where, "has a line of more than 2 MB; is a quote left open?"));
    }
    return failure.isData()
        ? Optional.of(
            SourceProblems.row(file, where, "mixes line ends, or quotes values in an unusual way"))
        : Optional.empty();
  }

  private static String quoting(Database database, String given) {
    String quote = "\"";
    String escape = "\"";
    try {
      List<String> seen =
          database.one(
              "select quote, escape from sniff_csv(" + given + ", all_varchar=true)",
              row -> List.of(row.getString(1), row.getString(2)));
      // A sample without quotes does not mean that none comes later.
      if (seen.get(0).equals("'")) {
        quote = "'";
        escape = "'";
      }
      if (seen.get(1).equals("\\")) {
        escape = "\\";
      }
    } catch (DatabaseException e) {
      if (!e.isData()) {
        throw e;
      }
      // No dialect fits the sample: reading it with the usual one names the line that does not.
    }
    return ", quote=" + Database.literal(quote) + ", escape=" + Database.literal(escape);
  }

  private static String columns(List<String> names) {
    return names.stream()
        .map(name -> Database.literal(name) + ": 'VARCHAR'")
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
