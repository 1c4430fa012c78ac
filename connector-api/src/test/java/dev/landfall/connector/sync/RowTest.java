package dev.landfall.connector.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

  private static final RowSchema ALL =
      new RowSchema(
          Arrays.stream(FieldType.values()).map(t -> FieldSpec.of(t.name(), t)).toList(),
          List.of("TEXT", "INTEGER"));

  private static final RowSchema PAIR =
      new RowSchema(
          List.of(FieldSpec.of("id", FieldType.TEXT), FieldSpec.of("note", FieldType.TEXT)),
          List.of("id"));

  @Test
  void eachTypeHasItsAccessor() {
    LocalDate day = LocalDate.of(2026, 11, 22);
    Row row =
        Row.of(
            ALL,
            "0012",
            7L,
            0.5,
            new BigDecimal("1.10"),
            true,
            day,
            day.atStartOfDay(),
            Instant.EPOCH);
    assertThat(row.text(0)).isEqualTo("0012");
    assertThat(row.integer(1)).isEqualTo(7);
    assertThat(row.fraction(2)).isEqualTo(0.5);
    assertThat(row.decimal(3)).isEqualTo(new BigDecimal("1.10"));
    assertThat(row.flag(4)).isTrue();
    assertThat(row.date(5)).isEqualTo(day);
    assertThat(row.dateTime(6)).isEqualTo(LocalDateTime.of(2026, 11, 22, 0, 0));
    assertThat(row.instant(7)).isEqualTo(Instant.EPOCH);
    assertThat(row.value(3)).isEqualTo(new BigDecimal("1.10"));
    assertThat(row.key()).containsExactly("0012", 7L);
    assertThat(row.schema()).isSameAs(ALL);
  }

  @Test
  void anyValueMayBeNull() {
    Row row = Row.of(PAIR, "1", null);
    assertThat(row.text(1)).isNull();
    assertThat(row).isEqualTo(Row.of(PAIR, "1", null)).isNotEqualTo(Row.of(PAIR, "1", ""));
  }

  @Test
  void aValueThatDoesNotFitItsFieldIsRefusedWithoutBeingRepeated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Row.of(PAIR, 4711L, "x"))
        .satisfies(e -> assertThat(e.getMessage()).contains("id", "TEXT").doesNotContain("4711"));
    assertThatIllegalArgumentException().isThrownBy(() -> Row.of(PAIR, "1"));
  }

  @Test
  void changingTheArrayDoesNotChangeTheRow() {
    Object[] values = {"1", "a"};
    Row row = Row.of(PAIR, values);
    values[0] = "2";
    assertThat(row.text(0)).isEqualTo("1");
  }

  @Test
  void aSchemaHasEachNameOnceAndAKeyOfItsFields() {
    FieldSpec id = FieldSpec.of("id", FieldType.TEXT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowSchema(List.of(id, id), List.of("id")));
    assertThatIllegalArgumentException().isThrownBy(() -> new RowSchema(List.of(id), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowSchema(List.of(id), List.of("other")));
    assertThat(PAIR.index("note")).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> PAIR.index("other"));
  }

  @Test
  void theKeyOnlySchemaLeavesOutEveryOtherField() {
    assertThat(PAIR.keyOnly().fields()).extracting(FieldSpec::name).containsExactly("id");
    RowSchema keys = PAIR.keyOnly();
    assertThat(keys.keyOnly()).isSameAs(keys);
  }

  @Test
  void aRemovalCarriesTheKeyAloneSoThatReadingAnotherFieldFails() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(ChangeKind.REMOVE, PAIR, List.of(Row.of(PAIR, "1", "x"))));
    RowSchema keys = PAIR.keyOnly();
    Batch batch = new Batch(ChangeKind.DELETE, keys, List.of(Row.of(keys, "1")));
    assertThat(batch.size()).isEqualTo(1);
    assertThatThrownBy(() -> batch.rows().get(0).text(1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aKeyStandsInABatchOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Batch(
                    ChangeKind.ADD,
                    PAIR,
                    List.of(Row.of(PAIR, "4711", "a"), Row.of(PAIR, "4711", "b"))))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("4711"));
  }

  @Test
  void aRowOfAnotherSchemaIsNoPartOfABatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(ChangeKind.ADD, PAIR, List.of(Row.of(PAIR.keyOnly(), "1"))));
  }
}
