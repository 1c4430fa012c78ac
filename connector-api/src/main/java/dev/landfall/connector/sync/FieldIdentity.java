package dev.landfall.connector.sync;

/**
 * Which texts of a key field stand for the same record. A host compares by {@link #of}, and sends
 * the text as it stands in the source. A closed list rather than a function, so that a host can
 * compare millions of keys where they lie, in SQL.
 */
public enum FieldIdentity {
  /** Each text stands for itself. */
  EXACT,
  /** Surrounding blanks do not count. */
  TRIMMED,
  /** Neither surrounding blanks nor leading zeros count; a text of zeros alone is {@code 0}. */
  NUMBER;

  /**
   * What counts as a blank around an identity: tab, line feed, vertical tab, form feed, carriage
   * return, space, no-break space.
   */
  public static final String BLANKS = "\t\n\u000b\f\r \u00a0";

  /**
   * The identity of a text.
   *
   * @param text the text as it stands in the source
   * @return equal for two texts if and only if they stand for the same record
   */
  public String of(String text) {
    if (this == EXACT) {
      return text;
    }
    int start = 0;
    int end = text.length();
    while (start < end && BLANKS.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    if (this == NUMBER) {
      while (start < end - 1 && text.charAt(start) == '0') {
        start++;
      }
    }
    return text.substring(start, end);
  }
}
