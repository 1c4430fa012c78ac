package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Neither a value of a row nor a password stands in anything that is told, thrown or logged. */
@ParameterizedClass
@EnumSource
class SecrecyTest extends DatabaseTest {

  private static final String CANARY = "canary";

  @Test
  void nothingThatGoesWrongRepeatsAValueOrAPassword() throws Exception {
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    PrintStream before = System.err;
    List<String> told = new ArrayList<>();
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    try {
      refusedRows(told);
      brokenSessions(told);
    } finally {
      System.setErr(before);
    }
    assertThat(told).hasSizeGreaterThan(8).noneMatch(t -> t.contains(CANARY));
    assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain(CANARY);
  }

  private void refusedRows(List<String> told) {
    database.run(
        "create table parents (id varchar(99) primary key)",
        "create table t (id varchar(99) primary key, u varchar(99) unique, c varchar(99) check"
            + " (c <> 'canary-check'), n integer, k uuid, p varchar(99) references parents (id),"
            + " w varchar(99) not null)",
        "insert into t values ('canary-0', 'canary-taken', null, 1, null, null, 'w')");
    try (Writer writer =
        Writer.into(database, "t")
            .texts("id", "u", "c", "n", "k", "p", "w")
            .notices((code, message) -> told.add(message))
            .open()) {
      Object[][] rows = {
        {"canary-1", "canary-taken", null, "1", null, null, "w"},
        {"canary-2", null, "canary-check", "1", null, null, "w"},
        {"canary-3", null, null, "canary-number", null, null, "w"},
        {"canary-4", null, null, "1", "canary-uuid", null, "w"},
        {"canary-5", null, null, "1", null, "canary-parent", "w"},
        {"canary-6", null, null, "1", null, null, null},
        {"canary-7\ud800", null, null, "1", null, null, "w"},
        {"canary-8", "canary-\ud83d\ude00", null, "1", null, null, "w"},
        {null, "canary", null, "1", null, null, "w"}
      };
      List<dev.landfall.connector.sync.Row> all = new ArrayList<>();
      for (Object[] row : rows) {
        all.add(writer.row(row));
      }
      BatchResult result = writer.result(ChangeKind.UPSERT, all);
      assertThat(Writer.words(result).stream().filter(w -> w.startsWith("rejected"))).hasSize(8);
      result.outcomes().forEach(outcome -> told.add(outcome.toString()));
      told.add(result.toString());
      database.run("drop table t");
      told.add(writer.result(ChangeKind.UPSERT, all).toString());
    }
  }

  private void brokenSessions(List<String> told) throws Exception {
    Files.writeString(folder.resolve("s.sql"), "select 'canary'::integer;");
    told.add(
        thrown(
            Writer.into(database, "made")
                .texts("id")
                .creating()
                .target("script", folder.resolve("s.sql").toString())));
    database.run("create table dates (id varchar(9), v date)");
    told.add(thrown(Writer.into(database, "dates").texts("id").field("v", FieldType.FLAG)));
    if (kind == Kind.POSTGRESQL) {
      told.add(
          thrown(
              Writer.into(database, "dates")
                  .texts("id")
                  .connection("password", Secret.of("canary-of-a-wrong-password"))));
    }
  }

  /** Everything that an exception prints. */
  private static String thrown(Writer.Opening opening) {
    StringWriter printed = new StringWriter();
    catchThrowable(opening::open).printStackTrace(new PrintWriter(printed));
    return printed.toString();
  }
}
