package dev.landfall.host.audience;

import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.host.duckdb.Database;

/** {@link FieldIdentity#of} in SQL, so that millions of ids are compared where they lie. */
final class IdentitySql {

  private IdentitySql() {}

  /**
   * The identity of a text, or null where the text is null or blank.
   *
   * @param text an SQL expression of type VARCHAR
   */
  static String of(FieldIdentity identity, String text) {
    String trimmed = "trim(" + text + ", " + Database.literal(FieldIdentity.BLANKS) + ")";
    String value =
        switch (identity) {
          case EXACT -> text;
          case TRIMMED -> trimmed;
          // A text of zeros alone keeps one.
          case NUMBER -> "coalesce(nullif(ltrim(" + trimmed + ", '0'), ''), '0')";
        };
    return "case when " + trimmed + " <> '' then " + value + " end";
  }
}
