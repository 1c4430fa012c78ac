package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.host.duckdb.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A DuckDB file that another sync filled is a source like any other database. */
class DuckDbSourceTest {

  @TempDir Path folder;
  private Scene scene;
  private Path file;

  @BeforeEach
  void aFileWithATable() throws Exception {
    scene = Scene.in(folder);
    file = Files.createDirectory(folder.resolve("data")).resolve("cases.duckdb");
    write(
        "create table cases as select * from (values ('1', 7, 'open'), ('2', 8, 'closed'),"
            + " ('3', 9, 'open')) t(id, member, status)");
  }

  private void write(String statement) {
    try (Database database = open()) {
      database.run(statement);
    }
  }

  private Database open() {
    return Database.open(file, new Database.Options(false, 128, folder));
  }

  private Scene source(String url, String query) {
    return scene.with(
        "source", "{\"type\": \"sql\", \"url\": \"%s\", \"query\": \"%s\"}".formatted(url, query));
  }

  private Scene query(String query) {
    return source("jdbc:duckdb:data/cases.duckdb", query);
  }

  @Test
  void itsPathIsRelativeToTheManifest() {
    query("select member as id from cases where status = 'open'");
    assertThat(scene.sync().adds().delivered()).isEqualTo(2);
    assertThat(scene.members()).containsExactly("7", "9");
    write("update cases set status = 'closed' where id = '3'");
    assertThat(scene.budget(100, 10).sync().removes().delivered()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNotThereIsNamedAndNotMade() {
    source("jdbc:duckdb:data/none.duckdb", "select 1 as id");
    assertThatThrownBy(() -> scene.sync())
        .hasMessage("The DuckDB file " + folder.resolve("data/none.duckdb") + " does not exist.");
    assertThat(folder.resolve("data/none.duckdb")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from read_csv('/etc/passwd')",
        "select content as id from read_text('/etc/hosts')",
        "select * from 'https://127.0.0.1:1/x.parquet'"
      })
  void aQueryReachesTheFileAlone(String query) {
    query(query);
    assertThatThrownBy(() -> scene.sync())
        .hasMessageContaining("The source's query cannot be run: ");
    assertThat(scene.calls()).isEmpty();
  }

  @Test
  void whatIsWrongWithAQueryIsSaidInDuckDbsWords() {
    query("select member as id from casse");
    assertThatThrownBy(() -> scene.sync())
        .hasMessageContaining("Table with name casse does not exist")
        .hasMessageContaining("cases");
  }

  @Test
  void aFileThatIsBeingWrittenIsReadLater() {
    query("select member as id from cases");
    try (Database writing = open()) {
      writing.run("insert into cases values ('4', 10, 'open')");
      assertThatThrownBy(() -> scene.sync())
          .isInstanceOfSatisfying(
              HostException.class, e -> assertThat(e.problem().code()).isEqualTo("source.locked"));
    }
    assertThat(scene.sync().adds().delivered()).isEqualTo(4);
  }

  @Test
  void wholeNumbersAreFieldsOfWholeNumbers() {
    query("select id, member from cases").records("copies", "id").mode("upsert");
    scene.sync();
    assertThat(scene.records()).contains("1: id='1' member=7");
  }
}
