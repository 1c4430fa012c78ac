package dev.landfall.host.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.host.duckdb.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentitySqlTest {

  private static final long SEED = 20_261_122;
  private static final String[] PIECES = {
    "0",
    "00",
    "1",
    "7",
    "a",
    "A",
    "-",
    ".",
    "\t",
    "\n",
    "\u000b",
    "\f",
    "\r",
    " ",
    "\u00a0",
    "\u2003",
    "\u3000",
    "\ufeff",
    "\u200b",
    "\u0085",
    "\u00e9",
    "e\u0301",
    "\u0660",
    "\uff10",
    "\ud83d\ude00",
    "'",
    "\"",
    "\\",
    "%",
    "\u001f",
    "\u0000"
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void sqlAndJavaAgreeOnEveryText(FieldIdentity identity) {
    List<String> texts = awkwardTexts();
    try (Database database =
        Database.inMemory(new Database.Options(false, 128, folder.resolve("spill")))) {
      database.run("create table given(seq integer, text varchar)");
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        places.add(i);
      }
      database.append(
          "memory", "given", places, (appender, i) -> appender.append(i).append(texts.get(i)));

      List<String> members =
          database.query(
              "select " + IdentitySql.of(identity, "text") + " from given order by seq",
              row -> row.getString(1));

      assertThat(members).hasSameSizeAs(texts);
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        boolean blank = FieldIdentity.TRIMMED.of(text).isEmpty();
        assertThat(members.get(i))
            .as("%s of %s", identity, escaped(text))
            .isEqualTo(blank ? null : identity.of(text));
      }
    }
  }

  private static List<String> awkwardTexts() {
    Random random = new Random(SEED);
    List<String> texts = new ArrayList<>(List.of("", "0", "000", " 0 ", "\u00a000\u00a0", "00 5"));
    texts.addAll(List.of(PIECES));
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(7); n >= 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
    return escaped.toString();
  }
}
