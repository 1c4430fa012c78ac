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
    // A whole number as numbers are written stands for itself, whatever the identity; to see that
    // takes a tenth of the time that trimming does, and most ids are such.
    return "case when try_cast(%1$s as bigint)::varchar = %1$s then %1$s when %2$s <> '' then %3$s end"
        .formatted(text, trimmed, value);
  }
}
