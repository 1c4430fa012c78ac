package dev.landfall.host.manifest;

import java.util.regex.Pattern;

/**
 * A line of JSON without its values: each text, number and stray word is an ellipsis, but for names
 * of members and the one part that may be shown. Goes by the line alone, since it may be out of a
 * file that is no JSON; from where it makes no sense on, nothing is shown.
 *
 * @param text the line
 * @param from where the wrong part begins in it
 * @param length how long that part is in it; at least 1
 */
record MaskedLine(String text, int from, int length) {

  private static final String MASK = "…";
  private static final Pattern NAME = Pattern.compile("\"[A-Za-z_$][\\w$.-]{0,40}\"");
  private static final Pattern LITERAL = Pattern.compile("true|false|null|-?[0-9][0-9.eE+-]*");

  /** A control character would change what a terminal shows, and a tab where the caret stands. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

  /**
   * Masks a line.
   *
   * @param line the line as it stands in the file
   * @param at where the wrong part begins
   * @param wrong how long it is
   * @param shown whether it may be shown
   */
  static MaskedLine of(String line, int at, int wrong, boolean shown) {
    StringBuilder masked = new StringBuilder();
    int from = -1;
    int length = 1;
    char before = ',';
    for (int next = 0; next < line.length(); ) {
      int end = next + token(line, next);
      String part = line.substring(next, end);
      int begin = masked.length();
      boolean here = from < 0 && at < end;
      if ((here && shown) || isSign(part) || isName(part, before, line, end)) {
        masked.append(UNPRINTABLE.matcher(part).replaceAll(" "));
      } else if (isText(part)) {
        masked.append('"').append(MASK).append('"');
      } else {
        masked.append(MASK);
        // What is neither a text nor a number is the begin of anything.
        end = LITERAL.matcher(part).matches() ? end : line.length();
      }
      if (here) {
        from = begin;
        length = wrong == 1 ? 1 : masked.length() - begin;
      }
      before = part.isBlank() ? before : part.charAt(part.length() - 1);
      next = end;
    }
    String text = masked.toString().stripTrailing();
    return new MaskedLine(text, from < 0 ? text.length() : from, length);
  }

  /** How long the text, number, word or sign is that begins at an offset. */
  static int token(String text, int at) {
    int end = at + 1;
    if (text.charAt(at) == '"') {
      while (end < text.length() && text.charAt(end) != '"') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      return Math.min(end + 1, text.length()) - at;
    }
    while (isOfWord(text.charAt(at)) && end < text.length() && isOfWord(text.charAt(end))) {
      end++;
    }
    return end - at;
  }

  private static boolean isOfWord(char c) {
    return !Character.isWhitespace(c) && "\"{}[],:".indexOf(c) < 0;
  }

  private static boolean isSign(String part) {
    return part.length() == 1 && part.charAt(0) != '"' && !isOfWord(part.charAt(0));
  }

  private static boolean isText(String part) {
    return part.length() > 1 && part.startsWith("\"") && part.endsWith("\"");
  }

  private static boolean isName(String part, char before, String line, int end) {
    if ((before != ',' && before != '{') || !NAME.matcher(part).matches()) {
      return false;
    }
    int next = end;
    while (next < line.length() && Character.isWhitespace(line.charAt(next))) {
      next++;
    }
    return next < line.length() && line.charAt(next) == ':';
  }
}
