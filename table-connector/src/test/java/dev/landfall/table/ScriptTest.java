package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.ConnectorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of statements that is run whenever a session is opened. */
@ParameterizedClass
@EnumSource
class ScriptTest extends DatabaseTest {

  private Writer.Opening with(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("views.sql"), script);
    return Writer.into(database, "t").texts("id", "v").creating().target("script", file.toString());
  }

  private static void assertRefused(Writer.Opening opening, String code, String message) {
    assertThatThrownBy(opening::open)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(code);
              assertThat(e.problem().message()).contains(message);
              assertThat(e).hasNoCause();
            });
  }

  @Test
  void itsViewsAreThereOnceTheTableIs() throws Exception {
    String script =
        """
        -- a comment; with a semicolon
        create or replace view shown as
          select id, v || '; ''quoted''' as "a;b" from t; /* another; /* nested; */ one */
        create or replace view again as select * from shown;;
        """;
    for (int i = 0; i < 2; i++) {
      try (Writer writer = with(script).open()) {
        writer.upsert(writer.row("1", "x"));
      }
    }
    assertThat(database.rows("select * from again")).containsExactly("1|x; 'quoted'");
  }

  @Test
  void aFailureNamesTheStatementAndUndoesTheOthers() throws Exception {
    assertRefused(
        with("create view one as select 1 as a;\n\n\nselect 'canary' from nowhere;"),
        "table.script-failed",
        "Statement 2 of the script (line 4) failed (");
    assertThat(
            database.rows(
                "select table_name from information_schema.tables where table_name = 'one'"))
        .isEmpty();
  }

  @Test
  void aTransactionOfItsOwnIsRefused() throws Exception {
    assertRefused(
        with("select 1; commit; select 2"),
        "table.script-unusable",
        "Statement 2 of the script (line 1) begins or ends a transaction");
  }

  @Test
  void aFileThatIsNoScriptIsRefused() throws Exception {
    assertRefused(with("select 1 /* no end"), "table.script-unusable", "comment that does not end");
    Files.write(
        folder.resolve("latin.sql"), "select '\u00fc'".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(
        with("").target("script", folder.resolve("latin.sql").toString()),
        "table.script-unusable",
        "is not UTF-8");
    assertRefused(with("").target("script", "no-such.sql"), "table.script-unusable", "no-such.sql");
    Files.writeString(folder.resolve("large.sql"), " ".repeat(2_000_000));
    assertRefused(
        with("").target("script", folder.resolve("large.sql").toString()),
        "table.script-unusable",
        "larger than 1 MiB");
    with("\n-- nothing\n").open().close();
  }

  @Test
  void inDuckDbItReachesNothingOutside() throws Exception {
    if (kind == Kind.DUCKDB) {
      Path other = folder.resolve("other.csv");
      Files.writeString(other, "a\n1\n");
      assertRefused(
          with("create table stolen as select * from '" + other + "'"),
          "table.script-failed",
          "Permission Error");
      assertRefused(
          with("copy t to '" + folder.resolve("out.csv") + "'"),
          "table.script-failed",
          "Permission Error");
      assertThat(folder.resolve("out.csv")).doesNotExist();
    }
  }

  @Test
  void functionsMayHoldSemicolons() throws Exception {
    if (kind == Kind.POSTGRESQL) {
      with("""
              create or replace function twice(a int) returns int language plpgsql as $body$
              begin
                return a * 2; -- it's a body; with 'quotes'
              end $body$;
              create or replace view v as select twice(2) as four, E'it\\'s; here' as text;
              """)
          .open()
          .close();
      assertThat(database.rows("select * from v")).containsExactly("4|it's; here");
    }
  }
}
