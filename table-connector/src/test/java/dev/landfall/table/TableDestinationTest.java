package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.SyncMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector says of itself, and what it takes for settings. */
class TableDestinationTest {

  private static final Path FOLDER = Path.of("/manifests");

  private final DestinationDescriptor descriptor = new TableDestination().descriptor();

  private List<Violation> violations(Map<String, Object> connection) {
    return descriptor.connection().violations(connection, FOLDER);
  }

  private String url(String url) {
    return descriptor
        .connection()
        .connection(Map.of("url", url), FOLDER)
        .orThrow()
        .get(TableSettings.URL);
  }

  private String table(String table) {
    return descriptor
        .target()
        .target(Map.of("table", table), FOLDER)
        .orThrow()
        .get(TableSettings.TABLE);
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(Destination.class))
        .hasOnlyElementsOfTypes(TableDestination.class);
  }

  @Test
  void takesTheFourModesOfRecords() {
    assertThat(descriptor.modes())
        .extracting(SyncMode::word)
        .containsExactly("insert", "update", "upsert", "mirror");
    assertThat(descriptor).isEqualTo(new TableDestination().descriptor());
    assertThat(descriptor.freeFields()).isTrue();
    assertThat(descriptor.keyField()).isEmpty();
    assertThat(descriptor.callsInFlight()).isOne();
  }

  @Test
  void theTargetIsTheDatabaseAndTheTable() {
    assertThat(descriptor.identity()).extracting(Setting::name).containsExactly("url", "table");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:duckdb:cases.duckdb, jdbc:duckdb:/manifests/cases.duckdb",
    "jdbc:duckdb:./a/../cases.duckdb, jdbc:duckdb:/manifests/cases.duckdb",
    "jdbc:duckdb:/data//cases.duckdb, jdbc:duckdb:/data/cases.duckdb",
    "jdbc:postgresql://DB.Example:5432/crm, jdbc:postgresql://db.example/crm",
    "jdbc:postgresql://db:5433/CRM, jdbc:postgresql://db:5433/CRM",
    "'jdbc:postgresql://A:5432,B:5433/c', 'jdbc:postgresql://a,b:5433/c'",
    "'jdbc:postgresql://db/crm?sslmode=require&a=1', 'jdbc:postgresql://db/crm?a=1&sslmode=require'",
    "jdbc:postgresql://db/crm?, jdbc:postgresql://db/crm",
    "jdbc:postgresql:crm, jdbc:postgresql:crm"
  })
  void aUrlHasOneForm(String given, String form) {
    assertThat(url(given)).isEqualTo(form);
    assertThat(url(form)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/crm",
        "postgresql://db/crm",
        "jdbc:duckdb:",
        "jdbc:duckdb: ",
        "jdbc:duckdb::memory:",
        "jdbc:duckdb:md:cases",
        "jdbc:duckdb:s3://bucket/cases.duckdb",
        "jdbc:duckdb:cases.duckdb;memory_limit=1GB",
        "jdbc:postgresql://me:canary@db/crm",
        "jdbc:postgresql://db/crm?password=canary",
        "jdbc:postgresql://db/crm?ssl=true&Password=canary",
        "jdbc:postgresql://db/crm?user=me"
      })
  void aUrlThatCannotBeUsedIsRefusedWithoutBeingRepeated(String url) {
    assertThat(violations(Map.of("url", url)))
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.pointer()).isEqualTo("/url");
              assertThat(v.message()).doesNotContain("canary");
            });
  }

  @Test
  void aFileHasNoUsers() {
    Map<String, Object> settings = new HashMap<>(Map.of("url", "jdbc:duckdb:a", "user", "me"));
    assertThat(violations(settings)).extracting(Violation::pointer).containsExactly("/user");
    settings.remove("user");
    settings.put("password", Secret.of("canary"));
    assertThat(violations(settings)).extracting(Violation::pointer).containsExactly("/password");
  }

  @Test
  void connectingMayNotTakeLongerThanAllOfIt() {
    assertThat(
            violations(
                Map.of(
                    "url", "jdbc:duckdb:a", "connectTimeLimit", "PT2S", "totalTimeLimit", "PT1S")))
        .extracting(Violation::pointer)
        .containsExactly("/connectTimeLimit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "cases~cases",
        "public.cases~public.cases",
        "\"cases\"~cases",
        "\"my.own\".\"a\"\"b\"~\"my.own\".\"a\"\"b\"",
        "Ca ses~Ca ses",
        "\" padded\"~\" padded\"",
        "a; drop table b~a; drop table b"
      })
  void aTablesNameHasOneForm(String given, String form) {
    assertThat(table(given)).isEqualTo(form);
    assertThat(table(form)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", "a.", ".a", "\"a", "a\"b", "\"\"", "\"a\"b", "a\nb", "a..b"})
  void whatIsNoTablesNameIsRefused(String name) {
    assertThat(descriptor.target().violations(Map.of("table", name), FOLDER))
        .extracting(Violation::pointer)
        .containsExactly("/table");
  }

  @Test
  void aModeOfAudiencesIsRefused(@org.junit.jupiter.api.io.TempDir Path folder) {
    Writer.Opening opening = Writer.into(new DuckDbFile(folder), "t").texts("id").creating();
    assertThatThrownBy(() -> opening.audience().open())
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("insert, update, upsert and mirror");
  }

  @Test
  void everyProblemHasACodeOfItsOwnAndWords() {
    List<String> codes = Arrays.stream(TableProblem.values()).map(TableProblem::code).toList();
    assertThat(codes).doesNotHaveDuplicates().allMatch(c -> c.startsWith("table."));
    assertThat(Arrays.stream(TableProblem.values()).map(TableProblem::meaning))
        .allMatch(m -> m.endsWith("."));
    assertThat(Arrays.stream(TableProblem.values()).map(TableProblem::remedy))
        .allMatch(r -> r.endsWith("."));
  }
}
