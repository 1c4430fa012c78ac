package dev.landfall.kognitiv.casesync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cursor holds, and what comes after it. */
class CursorTest {

  private static final int LARGEST = 64 * 1024;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'CaseUpdatesSync_'yyyyMMdd'.txt'");

  @TempDir private Path folder;
  private Drop drop;

  @BeforeEach
  void aFolder() {
    drop = new Drop(folder);
  }

  private ConnectorException refused(String stream, Cursor cursor) {
    return catchThrowableOfType(ConnectorException.class, () -> drop.open(stream, cursor));
  }

  @Test
  void fromEveryBatchComesExactlyWhatFollowsIt() {
    drop.write(Lines.file(4), Lines.HEADER + Lines.touches(1, 2300) + "no row\n");
    drop.write(Lines.file(5) + ".gz", Drop.packed(Lines.touches(2301, 4000)));
    drop.write(Lines.file(6), Lines.touched(1, 0).repeat(2500));
    Drop.Read whole = drop.updates();
    assertThat(whole.batches()).hasSizeGreaterThan(5);

    for (int i = 0; i < whole.batches().size(); i++) {
      SourceBatch batch = whole.batches().get(i);
      Drop.Read rest = drop.updates(batch.resumeFrom());
      List<Row> due = new ArrayList<>();
      whole.batches().subList(i + 1, whole.batches().size()).forEach(b -> due.addAll(b.rows()));
      assertThat(rest.rows()).isEqualTo(due);
      assertThat(rest.notices()).isEmpty();
    }
    assertThat(whole.rows()).hasSize(6500);
    assertThat(whole.keys()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "case-sync 1 case_updates\n",
        "case-sync 1 case_updates\nUTF-8\n-\n\n0",
        "../../etc/passwd"
      })
  void whatIsNoCursorIsRefused(String text) {
    ConnectorException refused = refused(Drop.UPDATES, new Cursor(text));

    assertThat(refused.problem().code()).isEqualTo("kognitiv.case-cursor-unusable");
    assertThat(refused.problem().kind()).isEqualTo(ProblemKind.CONFIGURATION);
  }

  @Test
  void aCursorThatWasCutDoubledOrChangedIsRefused() {
    drop.write(Lines.file(5), Lines.touches(1, 3));
    String good = drop.updates().cursor().value();

    for (int i = 0; i < good.length(); i++) {
      String cut = good.substring(0, i);
      String changed = cut + (char) (good.charAt(i) ^ 1) + good.substring(i + 1);
      assertThat(refused(Drop.UPDATES, new Cursor(cut))).as("cut at %d", i).isNotNull();
      assertThat(refused(Drop.UPDATES, new Cursor(changed))).as("changed at %d", i).isNotNull();
    }
    assertThat(refused(Drop.UPDATES, new Cursor(good + good))).isNotNull();
  }

  @Test
  void aCursorOfTheOtherStreamIsRefused() {
    drop.write(Lines.file(5), Lines.touches(1, 3));

    assertThat(refused(Drop.ENTRIES, drop.updates().cursor()).problem().code())
        .isEqualTo("kognitiv.case-cursor-unusable");
  }

  @Test
  void aCursorSurvivesThatTheFolderMoves() throws IOException {
    drop.write(Lines.file(5), Lines.touches(1, 3));
    Cursor first = drop.updates().cursor();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.copy(folder.resolve(Lines.file(5)), elsewhere.resolve(Lines.file(5)));
    Drop moved = new Drop(elsewhere);
    moved.write(Lines.file(6), Lines.touches(4, 4));

    Drop.Read read = moved.updates(first);

    assertThat(read.texts("case_id")).containsExactly("4");
    assertThat(read.notices()).isEmpty();
  }

  private void days(LocalDate first, int count) {
    for (int i = 0; i < count; i++) {
      drop.write(NAME.format(first.plusDays(i)), Lines.touches(i + 1, i + 1));
    }
  }

  @Test
  void yearsOfDailyFilesFitIntoACursorAndNoneOfThemIsReadTwice() {
    LocalDate first = LocalDate.of(2010, 1, 1);
    days(first, 4000);
    Drop.Read whole = drop.updates();
    assertThat(whole.rows()).hasSize(4000);
    assertThat(whole.cursor().value()).hasSizeLessThan(LARGEST);

    drop.append(NAME.format(first.plusDays(100)), Lines.touches(5000, 5000));
    drop.write("CaseUpdatesSync_20110101_2.txt", Lines.touches(6000, 6000));
    drop.write(NAME.format(first.minusDays(9)), Lines.touches(7000, 7000));
    drop.write(NAME.format(first.plusDays(4000)), Lines.touches(8000, 8000));
    Drop.Read second = drop.updates(whole.cursor());

    // Of an old file nothing but its mark is left, so that it is read anew, with the same keys.
    assertThat(second.texts("case_id")).containsExactly("7000", "101", "5000", "6000", "8000");
    assertThat(second.keys().get(1)).isEqualTo(whole.keys().get(100));
    assertThat(second.notices()).containsOnlyKeys("kognitiv.case-file-late");
    assertThat(drop.updates(second.cursor()).batches()).isEmpty();
  }

  @Test
  void filesBehindTheHorizonAreToldOfAndNeverPassedOverInSilence() {
    Bookmarks bookmarks = new Bookmarks(CaseStream.CASE_UPDATES, UTF_8);
    LocalDate first = LocalDate.of(1990, 1, 1);
    FileNames names = new FileNames(CaseStream.CASE_UPDATES);
    int count = 0;
    for (; !bookmarks.forgotten(names.read(NAME.format(first)).orElseThrow()); count++) {
      bookmarks.put(
          new Bookmark(
              names.read(NAME.format(first.plusDays(count))).orElseThrow(),
              true,
              Long.MAX_VALUE,
              -1,
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              "abcdefgh",
              "%08d".formatted(count)));
      assertThat(bookmarks.cursor(null).value()).hasSizeLessThan(LARGEST);
    }
    assertThat(count).isGreaterThan(6000);
    drop.write(NAME.format(first.minusDays(400)), Lines.touches(1, 1));
    drop.write(NAME.format(first.plusDays(count)), Lines.touches(2, 2));

    Drop.Read read = drop.updates(bookmarks.cursor(null));

    assertThat(read.texts("case_id")).containsExactly("2");
    assertThat(read.notices().get("kognitiv.case-before-horizon"))
        .contains("1 file of case_updates")
        .contains(NAME.format(first.minusDays(400)));
  }

  @Test
  void holidaysDoNotFillACursor() {
    Bookmarks bookmarks = new Bookmarks(CaseStream.CASE_UPDATES, UTF_8);
    FileNames names = new FileNames(CaseStream.CASE_UPDATES);
    LocalDate day = LocalDate.of(2010, 1, 1);
    for (int i = 0; i < 3900; i++) {
      day = day.plusDays(i % 5 == 0 ? 3 : 1);
      bookmarks.put(
          new Bookmark(
              names.read(NAME.format(day)).orElseThrow(),
              true,
              9,
              9,
              9,
              9,
              "abcdefgh",
              "%08d".formatted(i)));
    }

    assertThat(bookmarks.forgotten(names.read("CaseUpdatesSync_20100104.txt").orElseThrow()))
        .isFalse();
    assertThat(Bookmarks.of(CaseStream.CASE_UPDATES, UTF_8, bookmarks.cursor(null)).cursor(null))
        .isEqualTo(bookmarks.cursor(null));
  }
}
