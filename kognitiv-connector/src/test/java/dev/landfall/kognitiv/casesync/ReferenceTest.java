package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.sync.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference's own example data, byte for byte, and what its text says of the files. */
class ReferenceTest {

  /** As the page has them: most lines end with a space, a no-break space and a space. */
  static final String UPDATES =
      """
      CaseId|Timestamp|User|Action|Descriptor|Category|Queue|Location|CaseOpenSummary|CaseCloseSummary|MemberInternalId|MemberPrimaryId|MemberFirstName|MemberLastName \u00a0\s

      1022|2013-09-05 21:39:50.750||OPEN||G|PI|132|Member states points are missing, unsure why.||71291|3451119807|Jason|Schneiders \u00a0\s
      1022|2013-09-05 21:39:59.513|Jason Schneiders|TOCH|||||||71291|3451119807|Jason|Schneiders \u00a0\s
      1022|2013-09-05 21:40:23.090||CLSD||||132|Member states points are missing, unsure why.|Closing case.|71291|3451119807|Jason|Schneiders \u00a0\s
      1022|2013-09-05 21:40:23.097|Jason Schneiders|TOCH|||||||71291|3451119807|Jason|Schneiders
      """;

  static final String ENTRIES =
      """
      CaseId|Timestamp|User|EntryType|Entry \u00a0\s

      1022|2013-09-05 21:40:11.773|Jason Schneiders|PRIV|Member did not use card in store. \u00a0\s
      """;

  private static final String FILE = "CaseUpdatesSync_20130905.txt";
  private static final String SUMMARY = "Member states points are missing, unsure why.";

  @TempDir private Path folder;
  private Drop drop;

  @BeforeEach
  void aFolder() {
    drop = new Drop(folder);
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.schema().fields().size(); i++) {
      values.add(row.value(i));
    }
    return values;
  }

  private static List<Object> update(
      String time, String user, String action, String category, String queue, String location) {
    return new ArrayList<>(
        Arrays.asList("1022", Instant.parse(time), user, action, null, category, queue, location));
  }

  private static List<Object> of(
      List<Object> event, String opened, String closed, long line, String key) {
    event.addAll(
        Arrays.asList(
            opened, closed, "71291", "3451119807", "Jason", "Schneiders", FILE, line, key));
    return event;
  }

  @Test
  void theExampleUpdatesMeanWhatThePageSays() {
    drop.write(FILE, UPDATES);

    Drop.Read read = drop.updates();

    String user = "Jason Schneiders";
    assertThat(read.rows().stream().map(ReferenceTest::values))
        .containsExactly(
            of(
                update("2013-09-05T21:39:50.750Z", null, "OPEN", "G", "PI", "132"),
                SUMMARY,
                null,
                3,
                "1022-20130905213950750-OPEN-704668517d7d0dcd"),
            of(
                update("2013-09-05T21:39:59.513Z", user, "TOCH", null, null, null),
                null,
                null,
                4,
                "1022-20130905213959513-TOCH"),
            of(
                update("2013-09-05T21:40:23.090Z", null, "CLSD", null, null, "132"),
                SUMMARY,
                "Closing case.",
                5,
                "1022-20130905214023090-CLSD-a7df51c9140cf0e4"),
            of(
                update("2013-09-05T21:40:23.097Z", user, "TOCH", null, null, null),
                null,
                null,
                6,
                "1022-20130905214023097-TOCH"));
    assertThat(read.malformed()).isEmpty();
    assertThat(read.notices()).isEmpty();
  }

  @Test
  void theExampleEntryMeansWhatThePageSays() {
    drop.write("CaseEntriesSync_20130905.txt", ENTRIES);

    Drop.Read read = drop.entries();

    assertThat(read.rows().stream().map(ReferenceTest::values))
        .containsExactly(
            List.of(
                "1022",
                Instant.parse("2013-09-05T21:40:11.773Z"),
                "Jason Schneiders",
                "PRIV",
                "Member did not use card in store.",
                "CaseEntriesSync_20130905.txt",
                3L,
                "1022-20130905214011773-PRIV-e7de749008353df5"));
    assertThat(read.malformed()).isEmpty();
    assertThat(read.notices()).isEmpty();
  }
}
