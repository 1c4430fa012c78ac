package dev.landfall.kognitiv.casesync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The line that names the columns. The reference's examples show one and its text never promises
 * it; it calls the same column {@code Entry Type} and {@code EntryType}, so blanks and case do not
 * count.
 */
final class Header {

  /** What a line is, as a header. */
  enum Kind {
    /** It names the documented columns in their order. */
    DOCUMENTED,
    /** It begins as a header does, and names others. */
    OTHER,
    /** It is no header. */
    NONE
  }

  private static final int LONGEST = 1000;

  private final List<String> documented = new ArrayList<>();

  Header(CaseStream stream) {
    for (int column = 0; column < stream.width(); column++) {
      documented.add(fold(stream.documented(column)));
    }
  }

  private static String fold(String name) {
    return name.replaceAll("[ \t\u00a0]", "").toLowerCase(Locale.ROOT);
  }

  Kind kind(byte[] bytes, int from, int to) {
    int length = Math.min(to - from, LONGEST);
    String line = new String(bytes, from, length, StandardCharsets.UTF_8);
    List<String> names = new ArrayList<>();
    for (String name : line.split("\\|", -1)) {
      names.add(fold(name));
    }
    if (names.equals(documented) && length == to - from) {
      return Kind.DOCUMENTED;
    }
    return names.size() > 1 && names.get(0).equals(documented.get(0)) ? Kind.OTHER : Kind.NONE;
  }
}
