package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.CheckReport.Status;
import dev.landfall.connector.Cursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check of a stream says. */
class CheckTest {

  @TempDir private Path folder;
  private Drop drop;

  @BeforeEach
  void aFolder() {
    drop = new Drop(folder);
  }

  @Test
  void itSaysHowManyFilesThereAreAndOfWhichDays() {
    drop.write(Lines.file(4), Lines.touches(1, 1));
    drop.write(Lines.file(5), "");
    drop.write("CaseEntriesSync_20130906.txt", "");

    assertThat(drop.check(Drop.UPDATES).items())
        .containsExactly(
            Item.passed("folder", "The folder can be read."),
            Item.passed("files", "2 of case_updates, from 2013-09-04 to 2013-09-05."));
    assertThat(drop.check(Drop.ENTRIES).items().get(1).message())
        .isEqualTo("1 of case_entries, from 2013-09-06 to 2013-09-06.");
  }

  @Test
  void aFolderWithoutFilesCanBeReadAndNothingMoreCanBeTold() {
    CheckReport report = drop.check(Drop.UPDATES);

    assertThat(report.ok()).isTrue();
    assertThat(report.items())
        .extracting(Item::status)
        .containsExactly(Status.PASSED, Status.UNVERIFIED);
  }

  @Test
  void itNamesWhatIsUnfinishedWhatIsNamedOtherwiseAndWhatIsMissing() {
    drop.write(Lines.file(2), "");
    drop.write(Lines.file(5), "");
    drop.write(Lines.file(6) + ".part", "");
    drop.write("CaseUpdatesSync_20130907.zip", "");

    CheckReport report = drop.check(Drop.UPDATES);

    assertThat(report.ok()).isTrue();
    assertThat(report.items().subList(2, 5))
        .containsExactly(
            Item.unverified(
                "unfinished files",
                "1 file of case_updates still being uploaded: " + Lines.file(6) + ".part."),
            Item.unverified(
                "other files",
                "1 file of case_updates named otherwise, and not read:"
                    + " CaseUpdatesSync_20130907.zip."),
            Item.unverified(
                "missing days",
                "There is no file of case_updates for 2 days: 2013-09-03 to 2013-09-04."));
  }

  @Test
  void aFolderThatIsNotThereFails() {
    CheckReport report = new Drop(folder.resolve("nothing")).check(Drop.UPDATES);

    assertThat(report.items()).extracting(Item::status).containsExactly(Status.FAILED);
    assertThat(report.items().get(0).problem().code()).isEqualTo("kognitiv.case-folder-missing");
    assertThat(report.items().get(0).problem().message()).contains(" " + folder.resolve("nothing"));
  }

  @Test
  void aFileInPlaceOfTheFolderFails() {
    CheckReport report = new Drop(drop.write("file", "")).check(Drop.UPDATES);

    assertThat(report.items().get(0).problem().code()).isEqualTo("kognitiv.case-folder-missing");
  }

  @Test
  void aStreamThatThereIsNotFails() {
    assertThat(drop.check("cases").items().get(0).problem().code())
        .isEqualTo("kognitiv.case-stream-unknown");
  }

  @Test
  void aCursorThatIsNoneFails() {
    CheckReport report =
        new CaseSyncSource().check(drop.request(Drop.UPDATES, new Cursor("nonsense")));

    assertThat(report.items().get(1).problem().code()).isEqualTo("kognitiv.case-cursor-unusable");
  }

  @Test
  void aLinkThatLeavesTheFolderFails() throws IOException {
    Path drops = Files.createDirectory(folder.resolve("drop"));
    Files.createSymbolicLink(drops.resolve(Lines.file(5)), drop.write("secret", ""));

    CheckReport report = new Drop(drops).check(Drop.UPDATES);

    assertThat(report.ok()).isFalse();
    assertThat(report.items().get(2).problem().code()).isEqualTo("kognitiv.case-file-outside");
  }
}
