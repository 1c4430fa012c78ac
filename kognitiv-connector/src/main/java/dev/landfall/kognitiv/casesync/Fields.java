package dev.landfall.kognitiv.casesync;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where the columns of the row at hand lie in the scanner's bytes; gone with the next row. */
final class Fields {

  /** The bytes that the columns lie in. */
  byte[] bytes = new byte[0];

  /** Where each column begins. */
  final int[] from;

  /** Where each column ends. */
  final int[] to;

  /** Whether all of it is ASCII. */
  boolean ascii;

  /** Whether the row has more than one line. */
  boolean severalLines;

  /** The number of the row's first line. */
  long line;

  Fields(int width) {
    from = new int[width];
    to = new int[width];
  }

  boolean empty(int column) {
    return from[column] == to[column];
  }

  /** A column's text to the character, or null if it is empty. */
  @Nullable String text(int column) {
    return empty(column) ? null : slice(column, column);
  }

  /** Columns that lie beside each other, and the pipes between them. */
  String slice(int first, int last) {
    Charset charset = ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    return new String(bytes, from[first], to[last] - from[first], charset);
  }

  /** Whether a column holds digits alone, as many as it may. */
  boolean digits(int column, int most) {
    int length = to[column] - from[column];
    if (length == 0 || length > most) {
      return false;
    }
    for (int i = from[column]; i < to[column]; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** Whether a column holds what could be a code: capital letters, digits, underscores. */
  boolean code(int column) {
    int length = to[column] - from[column];
    if (length < 2 || length > EventKeys.LONGEST_CODE || !capital(bytes[from[column]])) {
      return false;
    }
    for (int i = from[column]; i < to[column]; i++) {
      if (!capital(bytes[i]) && (bytes[i] < '0' || bytes[i] > '9') && bytes[i] != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean capital(byte one) {
    return one >= 'A' && one <= 'Z';
  }
}
