package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.sync.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of random bytes, and good files with random damage: a reader ends, throws nothing but what
 * it may, gives every line that is a row by itself, makes none up, and passes over no line.
 *
 * <p>{@code -Dlandfall.fuzz=N} tries N files of each kind instead of a few.
 */
class FuzzTest {

  private static final String[] PIECES = {
    "|",
    "\n",
    "\r",
    "\r\n",
    "\"",
    "\uFEFF",
    " ",
    "\0",
    "<br>",
    "CaseId|",
    Lines.HEADER,
    "||||",
    "1022|2013-09-05 21:39:50.750|",
    "OPEN",
    "2013-02-30",
    "\u00a0",
    "ß",
    "𝄞"
  };

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("landfall.fuzz", 300));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedUpdatesLoseNoRowAndMakeNoneUp(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(random.nextBoolean() ? Lines.HEADER : "");
    for (var event : new RandomHistory(random, 60).events()) {
      text.append(event.line()).append(random.nextInt(5) == 0 ? "\r\n" : "\n");
    }
    byte[] bytes = damaged(random, text.toString());
    read(random, CaseStream.CASE_UPDATES, bytes);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedEntriesLoseNoRowAndMakeNoneUp(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i >= 0; i--) {
      text.append(Lines.entry(1 + i % 7, i, i % 3 == 0 ? "HKEP" : "PRIV", "Said <br>this " + i));
    }
    byte[] bytes = damaged(random, text.toString());
    read(random, CaseStream.CASE_ENTRIES, bytes);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomBytesAreRead(long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(5000)];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      byte[] likely = "|\n\r0123456789-: .OPENTCH".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = likely[(bytes[i] & 0xFF) % likely.length];
      }
    }
    read(random, CaseStream.CASE_UPDATES, bytes);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedPackedFilesAreReadWholeOrRefused(long seed) {
    Random random = new Random(seed);
    String text = Lines.touches(1, 1 + random.nextInt(50));
    byte[] good = Drop.packed(text);
    byte[] bytes = damaged(random, new String(good, StandardCharsets.ISO_8859_1));
    Drop drop = new Drop(folder);
    drop.write(Lines.file(5) + ".gz", bytes);
    try {
      Drop.Read read = drop.updates();
      assertThat(read.rows().stream().map(row -> rendered(row, CaseStream.CASE_UPDATES) + "\n"))
          .as("what was packed, if anything is read")
          .containsExactlyElementsOf(text.lines().map(line -> line + "\n").toList());
    } catch (ConnectorException e) {
      assertThat(e.problem().code()).isEqualTo("kognitiv.case-file-damaged");
    }
  }

  private static byte[] damaged(Random random, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int damages = random.nextInt(6); damages > 0 && bytes.length > 1; damages--) {
      int at = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, at + random.nextInt(random.nextBoolean() ? 5 : 200));
      byte[] left = Arrays.copyOf(bytes, at);
      byte[] piece = Arrays.copyOfRange(bytes, at, to);
      byte[] right = Arrays.copyOfRange(bytes, to, bytes.length);
      String inserted = PIECES[random.nextInt(PIECES.length)];
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> joined(left, right);
            case 1 -> joined(left, piece, piece, right);
            case 2 -> joined(left, inserted.getBytes(StandardCharsets.UTF_8), piece, right);
            case 3 -> joined(right, left, piece);
            case 4 -> joined(left, new byte[] {(byte) random.nextInt()}, piece, right);
            default -> flipped(random, bytes, at);
          };
    }
    return bytes;
  }

  private static byte[] flipped(Random random, byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private static byte[] joined(byte[]... parts) {
    byte[] joined = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  private void read(Random random, CaseStream stream, byte[] bytes) {
    Drop drop = new Drop(folder).with("longestRow", 1024L << random.nextInt(3));
    drop.write(stream.prefix() + "_20130905.txt", bytes);
    LineOracle oracle = new LineOracle(stream, bytes);
    try {
      Drop.Read read =
          assertTimeoutPreemptively(Duration.ofSeconds(30), () -> drop.read(stream.word(), null));
      accountFor(oracle, stream, read);
    } catch (ConnectorException e) {
      assertThat(e.problem().code()).isEqualTo("kognitiv.case-line-too-long");
      assertThat(oracle.longest()).isGreaterThan(1000);
    }
  }

  private static void accountFor(LineOracle oracle, CaseStream stream, Drop.Read read) {
    List<Integer> covered = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (Row row : read.rows()) {
      int line = Math.toIntExact(row.integer(stream.width() + 1));
      String text = rendered(row, stream);
      rows.add(line);
      int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;
      assertThat(text).as("the row of line %d", line).isEqualTo(oracle.text(line, lines));
      cover(covered, line, lines);
    }
    for (Malformed malformed : read.malformed()) {
      int line = Math.toIntExact(malformed.position());
      int lines = (int) malformed.raw().chars().filter(c -> c == '\n').count() + 1;
      assertThat(malformed.raw())
          .as("what is kept of line %d", line)
          .satisfies(raw -> oracle.requireRaw(line, lines, raw));
      cover(covered, line, lines);
    }
    assertThat(covered).as("lines, each once").doesNotHaveDuplicates();
    assertThat(covered).as("every line").containsAll(oracle.linesToBeFound());
    assertThat(rows).as("every line that is a row").containsAll(oracle.linesThatAreRows());
  }

  private static void cover(List<Integer> covered, int line, int lines) {
    for (int i = 0; i < lines; i++) {
      covered.add(line + i);
    }
  }

  /** The row as a file would have it. */
  private static String rendered(Row row, CaseStream stream) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < stream.width(); i++) {
      Object value = row.value(i);
      columns.add(value == null ? "" : value.toString());
    }
    columns.set(1, LineOracle.TIME.format(row.instant(1)));
    if (stream == CaseStream.CASE_ENTRIES) {
      columns.set(4, columns.get(4).replace("\n", "<br>"));
    }
    return String.join("|", columns);
  }
}
