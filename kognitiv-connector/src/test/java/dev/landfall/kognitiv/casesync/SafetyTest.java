package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not be read, and what must not be taken for the end. */
class SafetyTest {

  private static final String DAY = Lines.file(5);
  private static final long GIGABYTE = 1L << 30;

  @TempDir private Path folder;
  private Path drops;
  private Drop drop;

  @BeforeEach
  void aFolderInAnother() throws IOException {
    drops = Files.createDirectory(folder.resolve("drop"));
    drop = new Drop(drops);
  }

  /** All that comes before the reading is refused, and why it is. */
  private record Refused(List<SourceBatch> batches, String code, String message) {
    List<String> cases() {
      return batches.stream()
          .flatMap(b -> b.rows().stream())
          .map(r -> String.valueOf(r.text(0)))
          .toList();
    }
  }

  private Refused refused(Cursor from) {
    List<SourceBatch> batches = new ArrayList<>();
    try (SourceReader reader = drop.open(Drop.UPDATES, from)) {
      ConnectorException first =
          catchThrowableOfType(
              ConnectorException.class,
              () -> {
                for (Optional<SourceBatch> next = reader.read();
                    next.isPresent();
                    next = reader.read()) {
                  batches.add(next.get());
                }
              });
      assertThat(first).as("a refusal").isNotNull();
      assertThat(catchThrowableOfType(ConnectorException.class, reader::read))
          .as("the same when it is asked again")
          .isSameAs(first);
      return new Refused(batches, first.problem().code(), first.problem().message());
    }
  }

  @Test
  void aLinkThatLeavesTheFolderIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), Lines.touches(1, 1));
    drop.write(Lines.file(4), Lines.touches(2, 2));
    Files.createSymbolicLink(drops.resolve(DAY), secret);
    drop.write(Lines.file(6), Lines.touches(3, 3));

    Refused refused = refused(null);

    assertThat(refused.cases()).containsExactly("2");
    assertThat(refused.code()).isEqualTo("kognitiv.case-file-outside");
    assertThat(refused.message()).contains(DAY).doesNotContain("secret");
  }

  @Test
  void aLinkThatLeavesTheFolderByTwoDotsIsNotFollowed() throws IOException {
    Files.writeString(folder.resolve("secret"), Lines.touches(1, 1));
    Files.createSymbolicLink(drops.resolve(DAY), Path.of("..", "drop", "..", "secret"));

    assertThat(refused(null).code()).isEqualTo("kognitiv.case-file-outside");
  }

  @Test
  void aLinkToAFolderWhoseNameBeginsAlikeLeavesTheFolder() throws IOException {
    Path beside = Files.createDirectory(folder.resolve("drop-archive"));
    Files.writeString(beside.resolve(DAY), Lines.touches(1, 1));
    Files.createSymbolicLink(drops.resolve(DAY), beside.resolve(DAY));

    assertThat(refused(null).code()).isEqualTo("kognitiv.case-file-outside");
  }

  @Test
  void aLinkWithinTheFolderIsFollowed() throws IOException {
    Path kept = Files.createDirectory(drops.resolve("kept"));
    Files.writeString(kept.resolve("today"), Lines.touches(1, 1));
    Files.createSymbolicLink(drops.resolve(DAY), Path.of("kept", "today"));

    assertThat(drop.updates().texts("case_id")).containsExactly("1");
  }

  @Test
  void theFolderItselfMayBeALink() throws IOException {
    drop.write(DAY, Lines.touches(1, 1));
    Path link = Files.createSymbolicLink(folder.resolve("link"), drops);

    assertThat(new Drop(link).updates().texts("case_id")).containsExactly("1");
  }

  @Test
  void aLinkThatLeadsNowhereIsRefused() throws IOException {
    Files.createSymbolicLink(drops.resolve(DAY), drops.resolve("nothing"));

    assertThat(refused(null).code()).isEqualTo("kognitiv.case-file-unreadable");
  }

  @Test
  void aFolderWithTheNameOfAFileIsRefused() throws IOException {
    Files.createDirectory(drops.resolve(DAY));

    assertThat(refused(null).code()).isEqualTo("kognitiv.case-file-unreadable");
  }

  @Test
  void aLineOfTenGigabytesIsRefusedAfterWhatComesBeforeIt() throws IOException {
    drop.with("largestFile", 20 * GIGABYTE);
    Path file = drop.write(DAY, Lines.touches(1, 3));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(10 * GIGABYTE);
    }

    Refused refused = refused(null);

    assertThat(refused.cases()).containsExactly("1", "2", "3");
    assertThat(refused.code()).isEqualTo("kognitiv.case-line-too-long");
    assertThat(refused.message())
        .isEqualTo(DAY + ", line 4, has more than 1048576 bytes, which is the limit.");
  }

  @Test
  void aTextThatGoesOnForTooManyLinesIsKeptAsideUpToTheLimit() {
    drop.with("longestRow", 1024L);
    String row = Lines.opened(1, 0, "x\n".repeat(2000));
    drop.write(DAY, row + Lines.touches(2, 2));

    Drop.Read read = drop.updates();

    assertThat(read.texts("case_id")).containsExactly("2");
    StringBuilder raws = new StringBuilder();
    read.malformed().forEach(m -> raws.append(m.raw()).append('\n'));
    assertThat(raws.toString()).isEqualTo(row);
  }

  @Test
  void aRowOfTheLimitIsReadAndOneOfMoreIsNot() {
    String row = Lines.opened(1, 0, "x".repeat(2000));
    drop.with("longestRow", (long) row.length()).write(DAY, row + row);
    assertThat(drop.updates().rows()).hasSize(2);

    drop.with("longestRow", row.length() - 1L);
    assertThat(refused(null).code()).isEqualTo("kognitiv.case-line-too-long");
  }

  @Test
  void aLimitThatIsRaisedLetsTheReadingGoOn() {
    drop.with("longestRow", 1024L);
    drop.write(DAY, Lines.touches(1, 1) + Lines.opened(2, 2, "x".repeat(2000)));
    Refused refused = refused(null);
    Cursor from = refused.batches().get(0).resumeFrom();
    assertThat(refused(from).cases()).isEmpty();

    drop.with("longestRow", 4096L);

    assertThat(drop.updates(from).texts("case_id")).containsExactly("2");
  }

  private void bomb(String piece, long times) throws IOException {
    byte[] bytes = piece.repeat(1 << 14).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(drops.resolve(DAY + ".gz")))) {
      for (long i = 0; i < times; i++) {
        out.write(bytes);
      }
    }
    Drop.changed(drops.resolve(DAY + ".gz"), Drop.NOW.minusSeconds(3600));
  }

  @Test
  void aBombOfOneLineIsRefused() throws IOException {
    drop.with("largestFile", 1L << 26);
    bomb("\0\0\0\0\0\0\0\0", 1 << 10);

    assertThat(refused(null).code()).isEqualTo("kognitiv.case-file-too-large");
  }

  @Test
  void aBombOfRowsIsRefusedBeforeOneOfThemIsGiven() throws IOException {
    drop.with("largestFile", 1L << 24);
    drop.write(Lines.file(4), Lines.touches(1, 1));
    bomb(Lines.touched(2, 2), 30);

    Refused refused = refused(null);

    assertThat(refused.cases()).containsExactly("1");
    assertThat(refused.code()).isEqualTo("kognitiv.case-file-too-large");
    assertThat(refused.message()).contains(DAY + ".gz").contains("16777216");
  }

  @Test
  void aPlainFileThatIsTooLargeIsRefusedBeforeARowOfItIsGiven() {
    drop.with("largestFile", 1L << 20);
    drop.write(DAY, Lines.touches(1, 20_000));

    assertThat(refused(null).cases()).isEmpty();
    assertThat(refused(null).code()).isEqualTo("kognitiv.case-file-too-large");
  }

  @Test
  void aPackedFileThatWasCutOffAnywhereGivesNothing() {
    byte[] whole = Drop.packed(Lines.touches(1, 40));
    for (int length = 0; length < whole.length; length++) {
      drop.write(DAY + ".gz", Arrays.copyOf(whole, length));

      Refused refused = refused(null);

      assertThat(refused.cases()).as("cut at %d", length).isEmpty();
      assertThat(refused.code()).as("cut at %d", length).isEqualTo("kognitiv.case-file-damaged");
    }
  }

  @Test
  void aPackedFileWithABrokenByteOrSomethingBehindItGivesNothing() {
    byte[] whole = Drop.packed(Lines.touches(1, 40));
    byte[] broken = whole.clone();
    broken[whole.length - 6] ^= 1;
    for (byte[] bytes : List.of(broken, Arrays.copyOf(whole, whole.length + 1))) {
      drop.write(DAY + ".gz", bytes);

      assertThat(refused(null).cases()).isEmpty();
      assertThat(refused(null).code()).isEqualTo("kognitiv.case-file-damaged");
    }
  }

  @Test
  void aPackedFileThatIsStillUploadedWaits() {
    byte[] whole = Drop.packed(Lines.touches(1, 40));
    drop.write(Lines.file(4), Lines.touches(100, 100));
    Drop.changed(drop.write(DAY + ".gz", Arrays.copyOf(whole, 100)), Drop.NOW.minusSeconds(20));
    drop.write(Lines.file(6), Lines.touches(200, 200));

    Drop.Read first = drop.updates();
    assertThat(first.texts("case_id")).containsExactly("100");
    assertThat(first.notices()).containsOnlyKeys("kognitiv.case-file-unfinished");

    drop.write(DAY + ".gz", whole);
    assertThat(drop.updates(first.cursor()).rows()).hasSize(41);
  }

  @Test
  void aPackedFileOfSeveralMembersIsRead() throws IOException {
    drop.write(DAY + ".gz", Drop.packed(Lines.touches(1, 2)));
    Cursor first = drop.updates().cursor();
    Files.write(
        drops.resolve(DAY + ".gz"),
        Drop.packed(Lines.touches(3, 4)),
        java.nio.file.StandardOpenOption.APPEND);

    assertThat(drop.updates(first).texts("case_id")).containsExactly("3", "4");
  }

  @Test
  void aFolderThatGoesAwayIsNotTheEnd() throws IOException {
    drop.write(Lines.file(4), Lines.touches(1, 1000));
    drop.write(Lines.file(5), Lines.touches(1, 1000));
    try (SourceReader reader = drop.open(Drop.UPDATES, null)) {
      assertThat(reader.read()).isPresent();
      Files.move(drops, folder.resolve("away"));

      assertThat(
              catchThrowableOfType(
                      ConnectorException.class, () -> assertThat(reader.read()).isEmpty())
                  .problem()
                  .code())
          .isEqualTo("kognitiv.case-folder-missing");
    }
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThat(
            catchThrowableOfType(
                    ConnectorException.class,
                    () -> new Drop(folder.resolve("nothing")).open(Drop.UPDATES, null))
                .problem()
                .code())
        .isEqualTo("kognitiv.case-folder-missing");
  }

  @Test
  void aStreamThatThereIsNotIsRefused() {
    assertThat(
            catchThrowableOfType(ConnectorException.class, () -> drop.open("cases", null))
                .problem()
                .code())
        .isEqualTo("kognitiv.case-stream-unknown");
  }

  @Test
  void closingEndsAReadThatPassesOverEndlessBlankLines() throws Exception {
    drop.with("largestFile", 20 * GIGABYTE);
    Path endless = drop.write(DAY, "");
    try (OutputStream out = Files.newOutputStream(endless)) {
      byte[] blank = "\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 256; i++) {
        out.write(blank);
      }
    }
    SourceReader reader = drop.open(Drop.UPDATES, null);
    CountDownLatch begun = new CountDownLatch(1);
    List<Object> came = new ArrayList<>();
    Thread reading =
        new Thread(
            () -> {
              begun.countDown();
              try {
                came.add(reader.read());
              } catch (ConnectorException e) {
                came.add(e.problem().code());
              }
            });
    reading.start();
    begun.await();
    reader.close();
    reading.join(5000);

    assertThat(came).containsExactly("kognitiv.case-reading-closed");
    assertThat(catchThrowableOfType(ConnectorException.class, reader::read).problem().code())
        .isEqualTo("kognitiv.case-reading-closed");
  }

  @Test
  void aFileThatIsNoLongerReadIsClosed() throws IOException {
    drop.write(DAY, Lines.touches(1, 3000));
    SourceReader reader = drop.open(Drop.UPDATES, null);
    assertThat(reader.read()).isPresent();
    assertThat(openFiles()).contains(drops.resolve(DAY));

    reader.close();

    assertThat(openFiles()).doesNotContain(drops.resolve(DAY));
  }

  private static List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          open.add(Files.readSymbolicLink(descriptor));
        } catch (java.nio.file.NoSuchFileException e) {
          // The stream of descriptors has one itself, which is gone by now.
          open.add(Path.of("/"));
        }
      }
    }
    return open;
  }
}
