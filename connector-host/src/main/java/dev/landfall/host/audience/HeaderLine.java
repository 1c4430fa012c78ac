package dev.landfall.host.audience;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The first line of a text file: the names of its columns, and what parts them.
 *
 * <p>A first line that looks like data is refused, because taking it for a header would lose a
 * member silently. It looks like data if one of its cells has digits and no letter, or an
 * {@code @}, or at least three digits and the shape of the cell below it ({@code A-1001} above
 * {@code A-1002}).
 *
 * @param delimiter the character that parts cells: of comma, semicolon, tab and bar the one that
 *     stands in the line most often outside quotes; a comma if none does
 * @param columns the names, unique also without regard to case; a blank cell is named by its
 *     position
 */
record HeaderLine(char delimiter, List<String> columns) {

  private static final int START = 1 << 20;
  private static final int PROBE = 1 << 13;
  private static final String DELIMITERS = ",;\t|";
  private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  static HeaderLine read(SourceFile source) {
    Path file = source.file();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(source.content())) {
      bytes = in.readNBytes(START);
    } catch (IOException e) {
      throw SourceProblems.unreadable(file);
    }
    requireText(file, bytes);
    String start = decode(file, bytes);
    if (start.isBlank()) {
      throw SourceProblems.empty(file);
    }
    int firstEnd = endOfRecord(start, 0);
    if (firstEnd == start.length() && bytes.length == START) {
      throw SourceProblems.header(file, "does not end within 1 MB");
    }
    String first = start.substring(0, firstEnd);
    if (first.isBlank()) {
      throw SourceProblems.header(file, "is blank");
    }
    char delimiter = delimiter(first);
    List<String> cells = cells(first, delimiter);
    int second = firstEnd;
    while (second < start.length() && isLineEnd(start.charAt(second))) {
      second++;
    }
    List<String> below = cells(start.substring(second, endOfRecord(start, second)), delimiter);
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).lines().count() > 1) {
        throw SourceProblems.header(file, "has a quote that stays open");
      }
      if (looksLikeData(cells.get(i), i < below.size() ? below.get(i) : "")) {
        throw SourceProblems.header(
            file, "looks like data, not like names of columns (cell " + (i + 1) + ")");
      }
    }
    return new HeaderLine(delimiter, named(file, cells));
  }

  private static void requireText(Path file, byte[] bytes) {
    int first = bytes.length > 0 ? bytes[0] & 0xff : 0;
    int second = bytes.length > 1 ? bytes[1] & 0xff : 0;
    if ((first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff)) {
      throw SourceProblems.encoding(file, ", but UTF-16");
    }
    for (int i = 0; i < Math.min(bytes.length, PROBE); i++) {
      if ((bytes[i] >= 0 && bytes[i] < '\t') || bytes[i] == 0x1a || bytes[i] == 0x7f) {
        throw SourceProblems.binary(file);
      }
    }
  }

  private static String decode(Path file, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    // Not the end of the input: a character that the limit cuts in two is no error.
    boolean wrong = decoder.decode(ByteBuffer.wrap(bytes), text, bytes.length < START).isError();
    text.flip();
    if (wrong) {
      throw SourceProblems.encoding(file, ", line " + (lineEnds(text) + 1));
    }
    String decoded = text.toString();
    return decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
  }

  private static long lineEnds(CharSequence text) {
    return text.toString().lines().count() - (endsWithLineEnd(text) ? 0 : 1);
  }

  private static boolean endsWithLineEnd(CharSequence text) {
    return text.length() == 0 || isLineEnd(text.charAt(text.length() - 1));
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private static int endOfRecord(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && isLineEnd(c)) {
        return i;
      }
    }
    return text.length();
  }

  private static char delimiter(String line) {
    char best = DELIMITERS.charAt(0);
    int most = 0;
    for (int i = 0; i < DELIMITERS.length(); i++) {
      char candidate = DELIMITERS.charAt(i);
      int count = cells(line, candidate).size() - 1;
      if (count > most) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  private static List<String> cells(String line, char delimiter) {
    List<String> cells = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i < line.length() && line.charAt(i) == '"') {
        quoted = !quoted;
      } else if (i == line.length() || (!quoted && line.charAt(i) == delimiter)) {
        cells.add(unquoted(line.substring(start, i)));
        start = i + 1;
      }
    }
    return cells;
  }

  private static String unquoted(String cell) {
    for (String quote : List.of("\"", "'")) {
      if (cell.length() > 1 && cell.startsWith(quote) && cell.endsWith(quote)) {
        return cell.substring(1, cell.length() - 1).replace(quote + quote, quote);
      }
    }
    return cell;
  }

  private static boolean looksLikeData(String cell, String below) {
    long digits = DIGIT.matcher(cell).results().count();
    return (digits > 0 && !LETTER.matcher(cell).find())
        || cell.contains("@")
        || (digits >= 3 && shape(cell).equals(shape(below)));
  }

  private static String shape(String cell) {
    return cell.replaceAll("\\p{L}+", "a").replaceAll("\\p{Nd}+", "9");
  }

  private static List<String> named(Path file, List<String> cells) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new LinkedHashSet<>();
    for (int i = 0; i < cells.size(); i++) {
      String name = cells.get(i).isBlank() ? "column" + i : cells.get(i);
      if (!taken.add(name.toLowerCase(Locale.ROOT))) {
        throw SourceProblems.header(file, "names the column \"" + name + "\" twice");
      }
      names.add(name);
    }
    return names;
  }
}
