package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A record that is there is left alone by an insert, whatever values come for it. */
@ParameterizedClass
@EnumSource
class InsertTest extends DatabaseTest {

  private Writer.Opening rows() {
    return Writer.into(database, "t")
        .texts("id", "n", "u")
        .field("c", FieldType.INTEGER)
        .mode(RecordSyncMode.INSERT);
  }

  @Test
  void valuesThatNoRecordCouldHaveMeetARecordThatIsThere() {
    database.run(
        "create table t (id integer primary key, n integer, u uuid, c integer check (c > 0))",
        "insert into t values (1, 1, null, 1)");
    try (Writer writer = rows().open()) {
      String good = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
      assertThat(
              writer.insert(
                  writer.row("1", "no number", good, 1L),
                  writer.row("2", "no number", good, 1L),
                  writer.row("3", "3", "no uuid", 1L),
                  writer.row("4", "4", good, 0L),
                  writer.row("5", "5", good, 1L),
                  writer.row("no key", "6", good, 1L),
                  writer.row(null, "7", good, 1L)))
          .containsExactly(
              "unchanged",
              "rejected table.value-unfit",
              "rejected table.value-unfit",
              "rejected table.row-refused",
              "changed",
              "rejected table.value-unfit",
              "rejected table.key-empty");
      assertThat(
              writer.insert(
                  writer.row("1", "1", "no uuid", 1L),
                  writer.row("5", "5", good, 0L),
                  writer.row("6", "6", "no uuid", 1L)))
          .containsExactly("unchanged", "unchanged", "rejected table.value-unfit");
    }
    assertThat(database.rows("select id, n, c from t order by id"))
        .containsExactly("1|1|1", "5|5|1");
  }

  @Test
  void aKeyThatStandsTwiceMeetsTheFirst() {
    database.run("create table t (id decimal(9, 2), n integer)");
    try (Writer writer =
        Writer.into(database, "t")
            .field("id", FieldType.DECIMAL)
            .texts("n")
            .mode(RecordSyncMode.INSERT)
            .open()) {
      assertThat(
              writer.insert(
                  writer.row(new BigDecimal("1.5"), "1"), writer.row(new BigDecimal("1.50"), "2")))
          .containsExactly("changed", "unchanged");
    }
  }
}
