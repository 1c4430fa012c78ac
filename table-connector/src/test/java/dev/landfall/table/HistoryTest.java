package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done in whatever order, table and outcomes are those of a map. */
@ParameterizedClass
@EnumSource
class HistoryTest extends DatabaseTest {

  private static final int KEYS = 30;
  private static final int BATCHES = 25;

  /** What a record's two values are; the number must not be negative. */
  private record Values(@Nullable String text, @Nullable Long number) {}

  private final Map<String, Values> model = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tableAndOutcomesAreThoseOfAMap(long seed) {
    Random random = new Random(seed);
    boolean unique = seed % 2 == 0;
    database.run(
        "create table t (id varchar(20)"
            + (unique ? " primary key" : "")
            + ", text varchar(20), number bigint check (number >= 0), other integer default 7)");
    for (int i = 0; i < BATCHES; i++) {
      ChangeKind kind =
          List.of(ChangeKind.INSERT, ChangeKind.UPDATE, ChangeKind.UPSERT, ChangeKind.DELETE)
              .get(random.nextInt(4));
      try (Writer writer =
          Writer.into(database, "t")
              .texts("text", "id")
              .field("number", FieldType.INTEGER)
              .key("id")
              .mode(mode(kind))
              .open()) {
        for (int batches = random.nextInt(3); batches >= 0; batches--) {
          step(writer, kind, random);
        }
      }
      assertThat(database.rows("select id, text, number, other from t order by id"))
          .as("seed %d, after batch %d", seed, i)
          .isEqualTo(
              model.entrySet().stream()
                  .map(e -> e.getKey() + "|" + e.getValue().text + "|" + e.getValue().number + "|7")
                  .toList());
    }
  }

  private static RecordSyncMode mode(ChangeKind kind) {
    return switch (kind) {
      case INSERT -> RecordSyncMode.INSERT;
      case UPDATE -> RecordSyncMode.UPDATE;
      default -> RecordSyncMode.MIRROR;
    };
  }

  private void step(Writer writer, ChangeKind kind, Random random) {
    List<Row> rows = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      if (random.nextInt(3) > 0) {
        continue;
      }
      String id = "id" + (key < 10 ? "0" : "") + key;
      Values values =
          new Values(
              random.nextInt(4) == 0 ? null : "t" + random.nextInt(3),
              random.nextInt(4) == 0 ? null : (long) random.nextInt(4) - 1);
      rows.add(
          kind == ChangeKind.DELETE
              ? Row.of(writer.schema().keyOnly(), id)
              : writer.row(values.text, id, values.number));
      expected.add(reckon(kind, id, values));
    }
    BatchResult result = writer.result(kind, rows);
    assertThat(Writer.words(result)).isEqualTo(expected);
  }

  /** What has to become of a row, and of the model. */
  private String reckon(ChangeKind kind, String id, Values values) {
    Values before = model.get(id);
    if (kind == ChangeKind.DELETE) {
      return model.remove(id) == null ? "unchanged" : "changed";
    }
    boolean refused = values.number != null && values.number < 0;
    if (before == null) {
      if (kind == ChangeKind.UPDATE) {
        return "rejected table.record-not-found";
      }
    } else if (kind == ChangeKind.INSERT) {
      return "unchanged";
    }
    if (refused) {
      return "rejected table.row-refused";
    }
    model.put(id, values);
    return Objects.equals(before, values) ? "unchanged" : "changed";
  }
}
