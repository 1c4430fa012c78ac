package dev.landfall.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table, as a manifest has it: perhaps with a schema before it. A part that holds a
 * dot or a quote stands in double quotes, with quotes doubled, as in SQL. Nothing else of it is
 * ever read as SQL.
 *
 * @param schema the schema, or null for where the database looks by itself
 * @param table the table
 */
record TableName(@Nullable String schema, String table) {

  /** Either in quotes, with quotes doubled, or without quotes and dots. */
  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\".]+)");

  private static final Pattern PLAIN = Pattern.compile("[^\".\\s]+( +[^\".\\s]+)*");

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException with the end of a sentence, if it is none
   */
  static TableName parse(String text) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(text);
    int at = 0;
    boolean more = true;
    while (more) {
      if (!part.region(at, text.length()).lookingAt()) {
        throw wrong();
      }
      String quoted = part.group(1);
      parts.add(quoted == null ? part.group(2).strip() : quoted.replace("\"\"", "\""));
      at = part.end();
      more = at < text.length();
      if (more && text.charAt(at++) != '.') {
        throw wrong();
      }
    }
    boolean usable =
        parts.stream().noneMatch(p -> p.isEmpty() || p.chars().anyMatch(Character::isISOControl));
    if (parts.size() > 2 || !usable) {
      throw wrong();
    }
    return parts.size() == 1
        ? new TableName(null, parts.get(0))
        : new TableName(parts.get(0), parts.get(1));
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "must be a table, or schema.table; a name that holds a dot or a quote stands in double"
            + " quotes, with quotes doubled.");
  }

  /** A name as an SQL identifier. */
  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The one spelling that stands for all; {@link #parse} reads it. */
  @Override
  public String toString() {
    return Stream.of(schema, table)
        .filter(Objects::nonNull)
        .map(part -> PLAIN.matcher(part).matches() ? part : quote(part))
        .collect(Collectors.joining("."));
  }
}
