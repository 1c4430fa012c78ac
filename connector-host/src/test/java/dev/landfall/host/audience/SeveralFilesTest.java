package dev.landfall.host.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralFilesTest {

  private static final String CANARY = "canary4711";

  @TempDir private Path folder;
  private Sources sources;

  @BeforeEach
  void sources() {
    sources = new Sources(folder);
  }

  private AudienceRequest request(String pattern) {
    return sources.request(folder.resolve(pattern));
  }

  private static Audience read(AudienceRequest request) {
    return new AudienceReader().read(request);
  }

  private Problem refused(String pattern) {
    return refused(new AudienceReader(), request(pattern));
  }

  private Problem refused(AudienceReader reader, AudienceRequest request) {
    HostException e = catchThrowableOfType(HostException.class, () -> reader.read(request));
    assertThat(e).as("refusal").isNotNull().hasNoCause();
    assertThat(e.problem().toString()).doesNotContain(CANARY).doesNotContain("\n");
    assertThat(sources.left()).as("left behind").noneMatch(f -> f.contains("duckdb"));
    return e.problem();
  }

  @Test
  void partsAreOneAudience() {
    sources.write("part-1.csv", "id,name\n007,Ann\n8,Bob\n");
    sources.write("part-2.csv", "id,name\n9,Cid\n7,Ann\n,nobody\n");
    sources.write("other.csv", "id,name\n10,Dee\n");

    Audience audience = read(request("part-*.csv"));

    assertThat(Sources.rows(audience)).containsExactly("7|7|[Ann]", "8|8|[Bob]", "9|9|[Cid]");
    assertThat(audience.rows()).isEqualTo(5);
    assertThat(audience.duplicates()).isEqualTo(1);
    assertThat(audience.blank()).isEqualTo(1);
    assertThat(Sources.tables(audience))
        .containsExactly("audience(member VARCHAR, text VARCHAR, others VARCHAR[])");
  }

  @Test
  void eachPartMayOrderAndQuoteItsColumnsAsItLikes() {
    sources.write("part-1.csv", "id,name\n7,Ann\n");
    sources.write("part-2.csv", "'name';'id'\n'B;ob';'8'\n");

    assertThat(Sources.rows(read(request("part-?.csv"))))
        .containsExactly("7|7|[Ann]", "8|8|[B;ob]");
  }

  @Test
  void foldersMayHaveWildcardsToo() throws IOException {
    Files.createDirectories(folder.resolve("day=1"));
    Files.createDirectories(folder.resolve("day=2"));
    sources.write("day=1/a.csv", "id\n7\n");
    sources.write("day=2/a.csv", "id\n8\n");
    sources.write("day=3", "no folder");

    assertThat(Sources.texts(read(request("day=*/a.csv")))).containsExactly("7", "8");
  }

  @Test
  void aFolderOrFileThatCannotBeLookedAtIsNotPassedOver() throws IOException {
    Files.createDirectories(folder.resolve("eu"));
    sources.write("eu/a.csv", "id\n7\n");
    Path us = Files.createSymbolicLink(folder.resolve("us"), folder.resolve("not-mounted"));
    assertThat(refused("??/a.csv").code()).isEqualTo("source.unreadable");

    Files.delete(us);
    Files.createSymbolicLink(us, us);
    assertThat(refused("??/a.csv").code()).isEqualTo("source.unreadable");

    Files.delete(us);
    Files.createDirectories(us);
    Path link = Files.createSymbolicLink(us.resolve("a.csv"), folder.resolve("not-mounted.csv"));
    assertThat(refused("??/a.csv").code()).isEqualTo("source.missing");

    Files.delete(link);
    assertThat(Sources.texts(read(request("??/a.csv"))))
        .as("a folder without")
        .containsExactly("7");
  }

  @Test
  void aFileThatIsStillHiddenIsNotTaken() {
    sources.write("part-1.csv", "id\n7\n");
    sources.write(".part-2.csv", "id\n8\n");

    assertThat(Sources.texts(read(request("*.csv")))).containsExactly("7");
    assertThat(sources.audienceFile().toFile().delete()).isTrue();
    assertThat(Sources.texts(read(request(".*.csv")))).containsExactly("8");
  }

  @Test
  void aQueryReadsAllParts() {
    sources.write("part-1.csv", "id,tier\n7,gold\n8,silver\n");
    sources.write("part-2.csv", "tier,id\ngold,9\n");

    assertThat(
            Sources.texts(
                read(
                    sources.request(
                        folder.resolve("part-*.csv"), "select id from file where tier = 'gold'"))))
        .containsExactly("7", "9");
  }

  @Test
  void partsOfParquetAreOneAudience() {
    parquet("part-1.parquet", "select 7::bigint as id, 'Ann' as name");
    parquet("part-2.parquet", "select 'Bob' as name, 8::bigint as id");

    assertThat(Sources.rows(read(request("*.parquet")))).containsExactly("7|7|[Ann]", "8|8|[Bob]");
  }

  /** Loaded into one column they would become 8, another member. */
  @Test
  void partsOfParquetWithAnotherTypeAreRefused() {
    parquet("part-1.parquet", "select 7::bigint as id");
    parquet("part-2.parquet", "select 7.5::double as id");

    Problem problem = refused("*.parquet");

    assertThat(problem.code()).isEqualTo("source.parts-differ");
    assertThat(problem.message()).contains("part-2.parquet").contains("\"id\" has another type");
  }

  private void parquet(String name, String select) {
    try (Database database =
        Database.inMemory(new Database.Options(false, 128, folder.resolve("spill")))) {
      database.run(
          "copy (%s) to %s (format parquet)"
              .formatted(select, Database.literal(folder.resolve(name).toString())));
    }
  }

  @Test
  void linesOfJsonNameWhatTheyHave() {
    sources.write("part-1.jsonl", "{\"id\": 7}\n");
    sources.write("part-2.jsonl", "{\"id\": 8.0, \"tier\": \"gold\"}\n");

    assertThat(Sources.rows(read(request("*.jsonl")))).containsExactly("7|7|[null]", "8|8|[gold]");
    assertThat(sources.audienceFile().toFile().delete()).isTrue();
    assertThat(
            Sources.texts(
                read(sources.request(folder.resolve("*.jsonl"), "from file where tier = 'gold'"))))
        .containsExactly("8");
  }

  @Test
  void linesOfJsonWithoutTheIdAreRefusedWithTheNameOfTheirFile() {
    sources.write("part-1.jsonl", "{\"number\": 7}\n");
    sources.write("part-2.jsonl", "{\"mail\": \"" + CANARY + "\"}\n");

    Problem problem =
        refused(
            new AudienceReader(),
            sources.request(
                folder.resolve("*.jsonl"), null, new FieldMapping.Column("number", "id")));

    assertThat(problem.code()).isEqualTo("source.column-missing");
    assertThat(problem.message()).contains("part-2.jsonl").contains("\"number\"");
  }

  @Test
  void noFile() {
    for (String pattern : new String[] {"part-*.csv", "none/part-*.csv", "none-?/part.csv"}) {
      Problem problem = refused(pattern);

      assertThat(problem.code()).isEqualTo("source.no-match");
      assertThat(problem.message()).contains("No file fits").contains(pattern);
    }
  }

  @Test
  void twoStarsAreNotReadAsOne() {
    sources.write("a.csv", "id\n7\n");

    assertThat(refused("**/a.csv").code()).isEqualTo("source.pattern");
  }

  @Test
  void aPartWithOtherColumnsIsNamed() {
    sources.write("part-1.csv", "id,name\n7,Ann\n");
    sources.write("part-2.csv", "id,tier\n8,gold\n");

    Problem problem = refused("part-*.csv");

    assertThat(problem.code()).isEqualTo("source.parts-differ");
    assertThat(problem.message())
        .contains("part-2.csv has other columns than part-1.csv")
        .contains("\"name\" is missing, \"tier\" is new");
  }

  @Test
  void aPartWithoutAHeaderDoesNotShowItsMembers() {
    sources.write("part-1.csv", "id,name\n7,Ann\n");
    sources.write("part-2.csv", CANARY + ",x\n8,y\n");

    assertThat(refused("part-*.csv").message())
        .contains("part-2.csv")
        .contains("\"id\" is missing");
  }

  @Test
  void aRowThatIsBrokenIsNamedWithItsFileAndLine() {
    sources.write("part-1.csv", "id,name\n7,Ann\n");
    sources.write("part-2.csv", "id,name\n8,Bob\n9," + CANARY + ",x\n");

    assertThat(refused("part-*.csv").message()).contains("part-2.csv, line 3, has 3 values");
  }

  @Test
  void anEmptyPartIsHalfAnExport() {
    sources.write("part-1.csv", "id,name\n7,Ann\n");
    sources.write("part-2.csv", "");

    Problem problem = refused("part-*.csv");

    assertThat(problem.code()).isEqualTo("source.empty");
    assertThat(problem.message()).contains("part-2.csv");
  }

  @Test
  void aPartWithItsHeaderAloneHasNoMembers() {
    sources.write("part-1.csv", "id\n7\n");
    sources.write("part-2.csv", "id\n");

    assertThat(Sources.texts(read(request("part-*.csv")))).containsExactly("7");
  }

  @Test
  void formatsAreNotMixed() {
    sources.write("part-1.csv", "id\n7\n");
    sources.write("part-2.jsonl", "{\"id\": 8}\n");

    Problem problem = refused("part-*");

    assertThat(problem.code()).isEqualTo("source.parts-differ");
    assertThat(problem.message()).contains("part-1.csv and part-2.jsonl");
  }

  @Test
  void aFolderThatFitsIsNoPart() throws IOException {
    sources.write("part-1.csv", "id\n7\n");
    Files.createDirectory(folder.resolve("part-2.csv"));

    assertThat(refused("part-*.csv").code()).isEqualTo("source.folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"added", "removed", "changed"})
  void partsThatChangeWhileTheyAreRead(String how) {
    sources.write("part-1.csv", "id\n7\n");
    Path second = sources.write("part-2.csv", "id\n8\n");
    AudienceReader reader =
        new AudienceReader(
            () -> {
              switch (how) {
                case "added" -> sources.write("part-3.csv", "id\n9\n");
                case "removed" -> assertThat(second.toFile().delete()).isTrue();
                default -> sources.write("part-2.csv", "id\n8\n9\n");
              }
            });

    assertThat(refused(reader, request("part-*.csv")).code()).isEqualTo("source.changed");
  }
}
