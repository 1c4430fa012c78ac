package dev.landfall.host.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedFileTest {

  @TempDir private Path folder;
  private Sources sources;

  @BeforeEach
  void sources() {
    sources = new Sources(folder);
  }

  private Path parquet(String select) {
    Path file = folder.resolve("a.parquet");
    try (Database database =
        Database.inMemory(new Database.Options(false, 128, folder.resolve("spill")))) {
      database.run(
          "copy (" + select + ") to " + Database.literal(file.toString()) + " (format parquet)");
    }
    return file;
  }

  private Audience read(Path file, String query) {
    return new AudienceReader().read(sources.request(file, query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "71291",
        "71291::bigint",
        "71291::hugeint",
        "71291::double",
        "71291::float",
        "71291::decimal(10, 0)",
        "71291::decimal(10, 3)",
        "'71291'"
      })
  void aWholeNumberInParquetHasNoFraction(String value) {
    Path file = parquet("select " + value + " as id, 2.5::double as name");

    assertThat(Sources.rows(read(file, null))).containsExactly("71291|71291|[2.5]");
  }

  @Test
  void parquetCountsBlanksAndDuplicatesToo() {
    Path file = parquet("select unnest(['007', '7', null, ' ']) as id");

    Audience audience = read(file, null);

    assertThat(Sources.rows(audience)).containsExactly("7|7|[]");
    assertThat(audience.duplicates()).isEqualTo(1);
    assertThat(audience.blank()).isEqualTo(2);
  }

  @Test
  void anIdWithAFractionInParquetIsRefused() {
    Path file = parquet("select 71291.5::double as id");

    HostException e = catchThrowableOfType(HostException.class, () -> read(file, null));

    assertThat(e.problem().code()).isEqualTo("source.id-fraction");
    assertThat(e.problem().toString()).doesNotContain("71291");
  }

  @Test
  void aQueryReadsParquetWithItsTypes() {
    Path file = parquet("select i as id, i % 2 = 0 as even from range(4) t(i)");

    assertThat(Sources.texts(read(file, "select id from file where even")))
        .containsExactly("0", "2");
  }

  @Test
  void jsonLinesKeepTextsAndNumbersAsTheyAreWritten() {
    Path file =
        sources.write(
            "a.jsonl",
            """
            {"id": 71291, "name": "Ann"}
            {"id": "0072", "name": "2026-01-02T03:04:05", "other": {"deep": [1]}}
            {"id": 73.0, "tier": 1.5}
            {"id": 12345678901234567890123}
            {"id": null}
            {"name": "nobody"}
            {"id": "A1B2C3D4-0000-0000-0000-00000000ABCD"}
            """);

    Audience audience = read(file, null);

    assertThat(Sources.rows(audience))
        .containsExactlyInAnyOrder(
            "71291|71291|[Ann, null]",
            "72|0072|[2026-01-02T03:04:05, null]",
            "73|73|[null, 1.5]",
            "12345678901234567890123|12345678901234567890123|[null, null]",
            "A1B2C3D4-0000-0000-0000-00000000ABCD|A1B2C3D4-0000-0000-0000-00000000ABCD|[null, null]");
    assertThat(audience.blank()).isEqualTo(2);
  }

  @Test
  void anIdWithAFractionInJsonIsRefused() {
    for (String id : new String[] {"7.5", "1e-3", "71291000000000001.0"}) {
      Path file = sources.write("a.jsonl", "{\"id\": " + id + "}\n");

      HostException e = catchThrowableOfType(HostException.class, () -> read(file, null));

      assertThat(e.problem().code()).as(id).isEqualTo("source.id-fraction");
    }
  }

  @Test
  void aQueryReadsJsonLinesAsTexts() {
    Path file = sources.write("a.ndjson", "{\"id\":7,\"tier\":\"gold\"}\n{\"id\":8}\n");

    assertThat(Sources.texts(read(file, "select id from file where tier = 'gold'")))
        .containsExactly("7");
  }

  @Test
  void aJsonFileMayBeAnArray() {
    Path file = sources.write("a.json", "[{\"id\": 7}, {\"id\": \"8\"}]");

    assertThat(Sources.texts(read(file, null))).containsExactly("7", "8");
  }
}
