package dev.landfall.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.sync.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {

  @Test
  void textIsKeptToTheCharacter() {
    assertThat(Texts.parse(FieldType.TEXT, " 007 ")).isEqualTo(" 007 ");
  }

  @Test
  void numbersAndFlagsAreRead() {
    assertThat(Texts.parse(FieldType.INTEGER, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(Texts.parse(FieldType.DOUBLE, "1e-3")).isEqualTo(0.001);
    assertThat(Texts.parse(FieldType.DECIMAL, "1.10")).isEqualTo(new BigDecimal("1.10"));
    assertThat(Texts.parse(FieldType.FLAG, "TRUE")).isEqualTo(true);
    assertThat(Texts.parse(FieldType.DATE, "2026-02-28")).isEqualTo(LocalDate.of(2026, 2, 28));
    assertThat(Texts.parse(FieldType.DATE_TIME, "2026-02-28 10:00:01.5"))
        .isEqualTo(LocalDateTime.of(2026, 2, 28, 10, 0, 1, 500_000_000));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-28 10:00:00+00",
    "2026-02-28T10:00:00Z",
    "2026-02-28 11:00:00+01:00",
    "2026-02-28 15:30:00+05:30"
  })
  void aMomentIsReadAsADatabasePrintsIt(String text) {
    assertThat(Texts.parse(FieldType.INSTANT, text))
        .isEqualTo(Instant.parse("2026-02-28T10:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 1.5",
    "INTEGER, ''",
    "DOUBLE, x",
    "DECIMAL, x",
    "FLAG, yes",
    "DATE, 2026-02-30",
    "DATE_TIME, 2026-02-28",
    "INSTANT, 2026-02-28 10:00:00"
  })
  void whatIsNoSuchValueIsNotGuessed(FieldType type, String text) {
    assertThatThrownBy(() -> Texts.parse(type, text)).isInstanceOf(RuntimeException.class);
  }
}
