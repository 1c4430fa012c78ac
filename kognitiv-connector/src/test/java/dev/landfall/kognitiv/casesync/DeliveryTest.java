package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.landfall.connector.Cursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How files come to be there, between readings that go on where the last one ended. */
class DeliveryTest {

  private static final String DAY = Lines.file(5);

  @TempDir private Path folder;
  private Drop drop;

  @BeforeEach
  void aFolder() {
    drop = new Drop(folder);
  }

  private Cursor read(String... cases) {
    Drop.Read read = drop.updates();
    assertThat(read.texts("case_id")).containsExactly(cases);
    return read.cursor();
  }

  private Drop.Read readOn(Cursor from, String... cases) {
    Drop.Read read = drop.updates(from);
    assertThat(read.texts("case_id")).containsExactly(cases);
    return read;
  }

  @Test
  void withNothingNewThereIsNothing() {
    drop.write(DAY, Lines.touches(1, 2));

    Drop.Read again = readOn(read("1", "2"));

    assertThat(again.batches()).isEmpty();
    assertThat(again.notices()).isEmpty();
  }

  @Test
  void aFileThatGrewIsReadOnFromWhereItEnded() {
    drop.write(DAY, Lines.HEADER + Lines.touches(1, 2));
    Cursor first = read("1", "2");
    drop.append(DAY, Lines.touches(3, 4));

    Drop.Read read = readOn(first, "3", "4");

    assertThat(read.texts("source_line")).containsExactly("4", "5");
    assertThat(read.notices()).isEmpty();
    readOn(read.cursor());
  }

  @Test
  void aFileThatGrewWithinTheRowsOfOneMomentGoesOnNumbering() {
    String alike = Lines.touched(1, 1);
    drop.write(DAY, Lines.touched(1, 0) + alike + alike);
    Drop.Read first = drop.updates();
    drop.append(DAY, alike + alike);

    Drop.Read second = drop.updates(first.cursor());
    drop.append(DAY, alike);
    Drop.Read third = drop.updates(second.cursor());

    String key = first.keys().get(1);
    assertThat(first.keys().get(2)).isEqualTo(key + ".2");
    assertThat(second.keys()).containsExactly(key + ".3", key + ".4");
    assertThat(third.keys()).containsExactly(key + ".5");
  }

  @Test
  void aFileThatWasReplacedIsReadAnewWithTheSameKeys() {
    drop.write(DAY, Lines.touches(1, 2));
    Drop.Read first = drop.updates();
    drop.write(DAY, Lines.HEADER + Lines.touches(1, 3));

    Drop.Read second = readOn(first.cursor(), "1", "2", "3");

    assertThat(second.keys()).startsWith(first.keys().toArray(String[]::new));
    assertThat(second.notices())
        .containsExactly(
            entry(
                "kognitiv.case-file-replaced",
                "1 file of case_updates changed since read; read anew: " + DAY + "."));
    readOn(second.cursor());
  }

  @Test
  void aFileThatWasReplacedByOneOfTheSameLengthIsReadAnew() {
    drop.write(DAY, Lines.touches(1, 2));
    Cursor first = read("1", "2");
    Drop.changed(drop.write(DAY, Lines.touches(3, 4)), Drop.NOW.minusSeconds(60));

    assertThat(readOn(first, "3", "4").notices()).containsKey("kognitiv.case-file-replaced");
  }

  @Test
  void aFileOfTheSameLengthAndTimeIsKnownByWhatTheFileSystemCallsIt() throws IOException {
    drop.write(DAY, Lines.touches(1, 2));
    Cursor first = read("1", "2");
    Path other = drop.write("other", Lines.touches(3, 4));
    Files.move(other, folder.resolve(DAY), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    readOn(first, "3", "4");
  }

  @Test
  void aFileThatWasJustWrittenIsLookedIntoAgainWhateverItsTime() {
    Drop.changed(drop.write(DAY, Lines.touches(1, 2)), Drop.NOW);
    Cursor first = read("1", "2");
    try {
      Files.writeString(folder.resolve(DAY), Lines.touches(3, 4));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Drop.changed(folder.resolve(DAY), Drop.NOW);

    readOn(first, "3", "4");
  }

  @Test
  void aFileThatBecameShorterIsReadAnew() {
    drop.write(DAY, Lines.touches(1, 3));
    Cursor first = read("1", "2", "3");
    drop.write(DAY, Lines.touches(1, 1));

    Drop.Read second = readOn(first, "1");
    assertThat(second.notices()).containsKey("kognitiv.case-file-replaced");
    drop.write(DAY, "");
    assertThat(readOn(second.cursor()).notices()).containsKey("kognitiv.case-file-replaced");
  }

  @Test
  void aFileThatWasOnlyTouchedGivesNothing() {
    Path file = drop.write(DAY, Lines.touches(1, 2));
    Cursor first = read("1", "2");
    Drop.changed(file, Drop.NOW.minusSeconds(60));

    Drop.Read second = readOn(first);

    assertThat(second.notices()).isEmpty();
    assertThat(drop.updates(second.cursor()).batches()).isEmpty();
  }

  @Test
  void aSecondFileOfADayIsReadAfterTheFirst() {
    drop.write(DAY, Lines.touches(1, 2));
    Cursor first = read("1", "2");
    drop.write("CaseUpdatesSync_20130905_2.txt", Lines.touches(2, 3));

    Drop.Read second = drop.updates(first);

    assertThat(second.texts("case_id")).containsExactly("2", "3");
    assertThat(second.notices()).isEmpty();
    assertThat(drop.updates().keys().subList(1, 3)).containsOnly(second.keys().get(0));
  }

  @Test
  void filesAreReadInTheOrderOfTheirDaysAndNumbers() {
    List<String> names =
        List.of(
            "CaseUpdatesSync_20121231.txt",
            "CaseUpdatesSync_20130905.txt",
            "caseupdatessync_20130905-1.TXT",
            "CaseUpdatesSync_20130905 (2).txt",
            "CaseUpdatesSync_20130905(3).txt",
            "CaseUpdatesSync_20130905.4.txt.gz",
            "CaseUpdatesSync_20130905_10.txt",
            "CaseUpdatesSync_20130905_143000.txt",
            "CaseUpdatesSync_20130906.txt");
    for (int i = names.size() - 1; i >= 0; i--) {
      String line = Lines.touched(i, i);
      drop.write(
          names.get(i),
          names.get(i).endsWith(".gz")
              ? Drop.packed(line)
              : line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    assertThat(drop.updates().texts("source_file")).containsExactlyElementsOf(names);
  }

  @Test
  void aDayWithoutAFileIsToldOnce() {
    drop.write(Lines.file(2), Lines.touches(1, 1));
    drop.write(Lines.file(4), Lines.touches(2, 2));
    Drop.Read first = drop.updates();
    drop.write(Lines.file(8), Lines.touches(3, 3));

    Drop.Read second = readOn(first.cursor(), "3");

    assertThat(first.notices())
        .containsExactly(
            entry(
                "kognitiv.case-days-missing",
                "There is no file of case_updates for 1 day: 2013-09-03."));
    assertThat(second.notices())
        .containsExactly(
            entry(
                "kognitiv.case-days-missing",
                "There is no file of case_updates for 3 days: 2013-09-05 to 2013-09-07."));
    assertThat(readOn(second.cursor()).notices()).isEmpty();
  }

  @Test
  void aLateDayIsReadWhenItComes() {
    drop.write(Lines.file(4), Lines.touches(1, 1));
    drop.write(Lines.file(6), Lines.touches(2, 2));
    Cursor first = read("1", "2");
    drop.write(Lines.file(3), Lines.touches(3, 3));
    drop.write(Lines.file(5), Lines.touches(4, 4));
    drop.write(Lines.file(7), Lines.touches(5, 5));

    Drop.Read second = readOn(first, "3", "4", "5");

    assertThat(second.notices())
        .containsExactly(
            entry(
                "kognitiv.case-file-late",
                "2 files of case_updates of days before the last that was read, and new or"
                    + " changed; read now: "
                    + Lines.file(3)
                    + ", "
                    + Lines.file(5)
                    + "."));
    readOn(second.cursor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \n", Lines.HEADER})
  void anEmptyDayIsADay(String nothing) {
    drop.write(Lines.file(4), Lines.touches(1, 1));
    drop.write(Lines.file(5), nothing);
    drop.write(Lines.file(6), Lines.touches(2, 2));

    Drop.Read read = drop.updates();

    assertThat(read.texts("case_id")).containsExactly("1", "2");
    assertThat(read.notices()).isEmpty();
    assertThat(drop.updates(read.cursor()).batches()).isEmpty();
  }

  @Test
  void anEmptyDayAtTheEndIsRememberedAndMayBeFilled() {
    drop.write(Lines.file(4), Lines.touches(1, 1));
    Cursor first = read("1");
    drop.write(Lines.file(5), "");

    Drop.Read second = readOn(first);
    assertThat(second.batches()).hasSize(1);
    assertThat(drop.updates(second.cursor()).batches()).isEmpty();
    drop.append(Lines.file(5), Lines.touches(2, 2));
    assertThat(readOn(second.cursor(), "2").notices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CaseUpdatesSync_20130906.txt.part",
        "CaseUpdatesSync_20130906.txt.tmp",
        "CaseUpdatesSync_20130906.txt.gz.filepart",
        ".CaseUpdatesSync_20130906.txt.x7Gh2"
      })
  void aNameThatSaysThatItIsBeingUploadedIsLeftAlone(String name) throws IOException {
    drop.write(DAY, Lines.touches(1, 1));
    drop.write(name, Lines.touches(2, 2));

    Drop.Read first = drop.updates();

    assertThat(first.texts("case_id")).containsExactly("1");
    assertThat(first.notices())
        .containsExactly(
            entry(
                "kognitiv.case-file-unfinished",
                "1 file of case_updates still being uploaded: " + name + "."));
    Files.move(folder.resolve(name), folder.resolve(Lines.file(6)));
    readOn(first.cursor(), "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CaseUpdatesSync_20131305.txt",
        "CaseUpdatesSync_20130905.csv",
        "CaseUpdatesSync_20130905.txt.pgp",
        "CaseUpdatesSync_20130905.txt.zip",
        "CaseUpdatesSync_20130905_new.txt",
        "CaseUpdatesSync-20130905.txt",
        "CaseUpdatesSync.txt"
      })
  void aNameThatIsNearlyRightIsToldAndNotRead(String name) {
    drop.write(name, Lines.touches(1, 1));

    Drop.Read read = drop.updates();

    assertThat(read.batches()).isEmpty();
    assertThat(read.notices())
        .containsExactly(
            entry(
                "kognitiv.case-file-unrecognised",
                "1 file of case_updates named otherwise; not read: " + name + "."));
  }

  @Test
  void filesOfOthersAndOfTheOtherStreamAreNobodysBusiness() {
    drop.write("readme.txt", "x");
    drop.write("MemberExtendedSync_20130905.txt", "x");
    drop.write("CaseEntriesSync_20130905.txt", Lines.entry(1, 0, "PRIV", "x"));

    assertThat(drop.updates().batches()).isEmpty();
    assertThat(drop.updates().notices()).isEmpty();
  }

  /** A file that may still be written. */
  private void fresh(String name, String text) {
    Drop.changed(drop.write(name, text), drop.now.minusSeconds(10));
  }

  @Test
  void aLastLineWithoutAnEndWaitsUntilTheFileWasQuiet() {
    fresh(DAY, Lines.touches(1, 1) + Lines.touched(2, 2).replace("Adams\n", "Ad"));

    Drop.Read first = drop.updates();
    assertThat(first.texts("case_id")).containsExactly("1");
    assertThat(first.notices()).containsKey("kognitiv.case-file-unfinished");

    fresh(DAY, Lines.touches(1, 2));
    Drop.Read second = readOn(first.cursor(), "2");
    assertThat(second.texts("member_last_name")).containsExactly("Adams");
    assertThat(second.notices()).isEmpty();
  }

  @Test
  void aLastLineWithoutAnEndIsALineOnceTheFileWasQuiet() {
    fresh(DAY, Lines.touches(1, 2).stripTrailing());
    Cursor first = read("1");
    drop.now = drop.now.plus(Duration.ofMinutes(5));

    Drop.Read second = readOn(first, "2");

    assertThat(second.notices()).isEmpty();
    drop.append(DAY, "\n" + Lines.touches(3, 3));
    Drop.Read third = readOn(second.cursor(), "3");
    assertThat(third.texts("source_line")).containsExactly("3");
    assertThat(third.notices()).isEmpty();
  }

  @Test
  void aLastLineThatGoesOnAfterAllIsReadOnceMoreWithTheSameKey() {
    drop.write(DAY, Lines.touches(1, 1) + Lines.touched(2, 2).replace("Adams\n", "Ad"));
    Drop.Read first = drop.updates();
    drop.append(DAY, "ams\n" + Lines.touches(3, 3));

    Drop.Read second = readOn(first.cursor(), "2", "3");

    assertThat(second.keys().get(0)).isEqualTo(first.keys().get(1));
    assertThat(second.texts("member_last_name")).containsExactly("Adams", "Adams");
    assertThat(second.notices()).containsOnlyKeys("kognitiv.case-line-continued");
    readOn(second.cursor());
  }

  @Test
  void aLastLineThatGoesOnAndIsStillWrittenWaits() {
    drop.write(DAY, Lines.touches(1, 1) + Lines.touched(2, 2).replace("Adams\n", "Ad"));
    Cursor first = read("1", "2");
    fresh(DAY, Lines.touches(1, 1) + Lines.touched(2, 2).replace("Adams\n", "Adam"));

    Cursor second = readOn(first).cursor();
    fresh(DAY, Lines.touches(1, 3));

    readOn(second, "2", "3");
  }

  @Test
  void aTextOfSeveralLinesThatIsStillWrittenWaits() {
    String row = Lines.opened(2, 2, "one\ntwo");
    fresh(DAY, Lines.touches(1, 1) + row.substring(0, row.indexOf("two")));
    Cursor first = read("1");
    fresh(DAY, Lines.touches(1, 1) + row);

    Drop.Read second = readOn(first, "2");

    assertThat(second.texts("case_open_summary")).containsExactly("one\ntwo");
    assertThat(second.malformed()).isEmpty();
  }

  @Test
  void whatComesAfterAFileThatIsStillWrittenWaitsForIt() {
    fresh(Lines.file(5), Lines.touches(1, 2).stripTrailing());
    drop.write(Lines.file(6), Lines.touches(3, 3));
    Cursor first = read("1");

    drop.now = drop.now.plus(Duration.ofMinutes(5));

    readOn(first, "2", "3");
  }

  @Test
  void aTimeInTheFutureHoldsNothingUp() {
    Drop.changed(
        drop.write(DAY, Lines.touches(1, 1).stripTrailing()), Drop.NOW.plus(Duration.ofDays(400)));

    read("1");
  }

  @Test
  void theQuietPeriodCanBeSet() {
    drop.with("quietPeriod", "PT0S");
    Drop.changed(drop.write(DAY, Lines.touches(1, 1).stripTrailing()), Drop.NOW);

    read("1");
  }

  @Test
  void aFileThatIsPackedAfterItWasReadGivesNothingTwice() throws IOException {
    drop.write(DAY, Lines.touches(1, 2));
    Cursor first = read("1", "2");
    Files.delete(folder.resolve(DAY));
    drop.write(DAY + ".gz", Drop.packed(Lines.touches(1, 3)));

    Drop.Read second = readOn(first, "3");

    assertThat(second.texts("source_line")).containsExactly("3");
    assertThat(second.notices()).isEmpty();
    readOn(second.cursor());
  }

  @Test
  void aFileBesideItsPackedCopyIsReadOnce() {
    drop.write(DAY, Lines.touches(1, 2));
    drop.write(DAY + ".gz", Drop.packed(Lines.touches(1, 2)));

    readOn(read("1", "2"));
  }

  @Test
  void aPackedFileOfOtherContentIsAnotherFile() {
    drop.write(DAY, Lines.touches(1, 2));
    drop.write(DAY + ".gz", Drop.packed(Lines.touches(3, 4)));

    Drop.Read read = readOn(null, "1", "2", "3", "4");

    assertThat(read.notices()).isEmpty();
    readOn(read.cursor());
  }

  @Test
  void aFileThatGoesAwayBeforeItWasReadToItsEndIsTold() throws IOException {
    drop.write(DAY, Lines.touches(1, 1500));
    Cursor middle = drop.updates().batches().get(0).resumeFrom();
    Path away = Files.move(folder.resolve(DAY), folder.resolve("away"));

    Drop.Read read = readOn(middle);
    assertThat(read.notices()).containsOnlyKeys("kognitiv.case-file-gone");

    Files.move(away, folder.resolve(DAY));
    assertThat(drop.updates(read.cursor()).rows()).hasSize(500);
  }

  @Test
  void aFileThatGoesAwayAfterItWasReadIsNotMissed() throws IOException {
    Path file = drop.write(DAY, Lines.touches(1, 2));
    Cursor first = read("1", "2");
    Files.delete(file);

    assertThat(readOn(first).notices()).isEmpty();
    drop.write(DAY, Lines.touches(1, 2));
    readOn(first);
  }

  @Test
  void anotherEncodingReadsAllFilesAnew() {
    drop.write(DAY, Lines.opened(1, 0, "Zoë"));
    Cursor first = read("1");
    drop.with("charset", "windows-1252");

    Drop.Read second = readOn(first, "1");

    assertThat(second.texts("case_open_summary")).containsExactly("ZoÃ«");
    assertThat(second.notices()).containsOnlyKeys("kognitiv.case-charset-changed");
    readOn(second.cursor());
  }
}
