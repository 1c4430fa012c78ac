package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a file are, found in another way than the reader's: slowly, and by patterns.
 */
final class LineOracle {

  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS")
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private static final Pattern UPDATE =
      Pattern.compile(
          "\\d{1,20}\\|([^|]{23})\\|[^|]*\\|[A-Z][A-Z0-9_]{1,15}(\\|[^|]*){6}\\|\\d{0,20}(\\|[^|]*){3}");
  private static final Pattern ENTRY =
      Pattern.compile("\\d{1,20}\\|([^|]{23})\\|[^|]*\\|[A-Z][A-Z0-9_]{1,15}\\|[^|]*");
  private static final Pattern END_BLANKS = Pattern.compile("[ \t\u00a0]+$");

  private final CaseStream stream;
  private final List<byte[]> lines = new ArrayList<>();

  LineOracle(CaseStream stream, byte[] file) {
    this.stream = stream;
    int from = 0;
    for (int i = 0; i <= file.length; i++) {
      if (i == file.length || file[i] == '\n') {
        int to = i > from && i < file.length && file[i - 1] == '\r' ? i - 1 : i;
        lines.add(Arrays.copyOfRange(file, from, to));
        from = i + 1;
      }
    }
  }

  /** The text of a line without byte order mark, or null if it is no text. */
  private @Nullable String decoded(int line) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(lines.get(line - 1)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String withoutEnd(String text) {
    return END_BLANKS.matcher(text).replaceFirst("");
  }

  private static String folded(String text) {
    return text.replaceAll("[ \t\u00a0]", "").toLowerCase(Locale.ROOT);
  }

  private boolean isHeader(@Nullable String text) {
    String documented =
        stream == CaseStream.CASE_UPDATES
            ? folded(Lines.HEADER.strip())
            : "caseid|timestamp|user|entrytype|entry";
    return text != null && folded(text).equals(documented);
  }

  private boolean isOtherHeader(int line) {
    String text = new String(lines.get(line - 1), StandardCharsets.UTF_8).replace("\uFEFF", "");
    return folded(text).startsWith("caseid|");
  }

  private boolean isRow(@Nullable String text) {
    if (text == null) {
      return false;
    }
    var row = (stream == CaseStream.CASE_UPDATES ? UPDATE : ENTRY).matcher(text);
    try {
      return row.matches() && TIME.parse(row.group(1)) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** How many bytes the longest line has. */
  int longest() {
    return lines.stream().mapToInt(line -> line.length).max().orElse(0);
  }

  /** The text of some lines as a row holds it. */
  String text(int first, int count) {
    List<String> texts = new ArrayList<>();
    for (int line = first; line < first + count; line++) {
      String text = decoded(line);
      assertThat(text).as("line %d as text", line).isNotNull();
      texts.add(line == first ? text : new String(lines.get(line - 1), StandardCharsets.UTF_8));
    }
    return withoutEnd(String.join("\n", texts));
  }

  /** That lines are kept as they were found; of what is no text, that it is not empty. */
  void requireRaw(int first, int count, String raw) {
    List<String> due = new ArrayList<>();
    for (int line = first; line < first + count; line++) {
      if (decoded(line) == null) {
        assertThat(raw).isNotEmpty();
        return;
      }
      due.add(new String(lines.get(line - 1), StandardCharsets.UTF_8));
    }
    assertThat(raw.replace("\r\n", "\n")).isEqualTo(String.join("\n", due));
  }

  /** Lines that are neither blank nor a documented header. */
  List<Integer> linesToBeFound() {
    List<Integer> found = new ArrayList<>();
    for (int line = 1; line <= lines.size(); line++) {
      String text = decoded(line);
      if (text == null || !(withoutEnd(text).isEmpty() || isHeader(text))) {
        found.add(line);
      }
    }
    return found;
  }

  /** Lines that are a row by themselves, and do not stand under a header of other names. */
  List<Integer> linesThatAreRows() {
    List<Integer> rows = new ArrayList<>();
    boolean foreign = false;
    for (int line = 1; line <= lines.size(); line++) {
      String text = decoded(line);
      foreign = isHeader(text) ? false : foreign || isOtherHeader(line);
      if (!foreign && isRow(text)) {
        rows.add(line);
      }
    }
    return rows;
  }
}
