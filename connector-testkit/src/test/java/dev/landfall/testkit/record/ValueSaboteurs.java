package dev.landfall.testkit.record;

import static dev.landfall.testkit.record.RecordSabotage.binding;
import static dev.landfall.testkit.record.RecordSabotage.saboteur;
import static dev.landfall.testkit.record.RecordSabotage.writing;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.record.RecordSabotage.Breakable;
import dev.landfall.testkit.saboteur.Saboteur;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Wrong in what becomes of values. */
final class ValueSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          saboteur(
              "swaps two columns",
              "to hold \"",
              "D-12.1 D-5.12 D-12.2 D-12.3 D-12.4 D-12.5 D-12.6 D-12.7 D-12.9 D-12.10 "
                  + "D-12.11 D-12.12 D-12.13 D-12.15 D-12.16 D-12.17",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected Map<String, @Nullable Object> values(Row row) {
                          return swapped(super.values(row), "name", "city");
                        }
                      })),
          saboteur(
              "leaves out a column",
              "it holds nothing",
              "D-12.1 D-5.12 D-12.2 D-12.3 D-12.4 D-12.5 D-12.6 D-12.7 D-12.8 D-12.9 "
                  + "D-12.10 D-12.11 D-12.12 D-12.13 D-12.15 D-12.16 D-12.17",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected Map<String, @Nullable Object> values(Row row) {
                          Map<String, @Nullable Object> values = super.values(row);
                          values.remove("amount");
                          return values;
                        }
                      })),
          saboteur(
              "cuts a text at 255 characters",
              "to hold \"yyyy",
              "D-12.10 D-12.1",
              binding(String.class, text -> text.substring(0, Math.min(255, text.length())))),
          saboteur(
              "trims texts",
              "to hold",
              "D-12.10 D-3.3 D-5.5 D-12.1",
              binding(String.class, String::trim)),
          saboteur(
              "composes characters",
              "to hold",
              "D-12.10 D-12.1",
              binding(String.class, text -> Normalizer.normalize(text, Normalizer.Form.NFC))),
          saboteur(
              "takes integers for fractions",
              "to hold 9007199254740993",
              "D-12.10 D-12.1 D-12.12",
              binding(Long.class, number -> (long) number.doubleValue())),
          saboteur(
              "takes fractions for short ones",
              "to hold 0.1",
              "D-12.10 D-12.1 D-12.12",
              binding(Double.class, number -> (double) number.floatValue())),
          saboteur(
              "rounds decimals to cents",
              "to hold 0.000001",
              "D-12.10 D-12.1 D-12.12",
              binding(BigDecimal.class, number -> number.setScale(2, RoundingMode.HALF_UP))),
          saboteur(
              "takes decimals for fractions",
              "to hold 99999999999999999.99",
              "D-12.10 D-12.1 D-12.12",
              binding(BigDecimal.class, number -> BigDecimal.valueOf(number.doubleValue()))),
          saboteur(
              "cuts moments at the second",
              "to hold",
              "D-12.10 D-12.1 D-12.12",
              binding(Instant.class, moment -> moment.truncatedTo(ChronoUnit.SECONDS))),
          saboteur(
              "writes what does not fit as nothing",
              "Rejected for record with",
              "D-12.10 D-3.3 D-5.2 D-5.5 D-5.6 D-12.1 D-12.13",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected boolean isUnfit(Row row) {
                          return false;
                        }

                        @Override
                        protected @Nullable Object value(FieldSpec field, @Nullable Object value) {
                          return value != null && !Table.holds(value) ? null : value;
                        }
                      })),
          saboteur(
              "takes an empty text for nothing",
              "it holds nothing",
              "D-12.11 D-3.3 D-5.5 D-12.1 D-12.10",
              binding((field, value) -> "".equals(value) ? null : value)),
          saboteur(
              "takes nothing for an empty text",
              "to hold nothing",
              "D-12.11 D-12.1",
              binding(
                  (field, value) ->
                      value == null && field.type() == FieldType.TEXT && !field.required()
                          ? ""
                          : value)),
          saboteur(
              "leaves a value where nothing is delivered",
              "to hold nothing",
              "D-12.11 D-5.12 D-12.1",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected void overwrite(
                            Map<String, Object> row, Map<String, @Nullable Object> values) {
                          Map<String, @Nullable Object> some = new LinkedHashMap<>(values);
                          some.values().removeIf(value -> value == null);
                          super.overwrite(row, some);
                        }
                      })),
          saboteur(
              "moves times that the machine's clocks leave out",
              "2026-03-08T02:30",
              "D-12.12 D-12.1",
              binding(
                  LocalDateTime.class,
                  time -> time.atZone(ZoneId.systemDefault()).toLocalDateTime())),
          saboteur(
              "puts names into the machine's capitals",
              "to hold",
              "D-12.12 D-12.1",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected Map<String, @Nullable Object> values(Row row) {
                          Map<String, @Nullable Object> values = new LinkedHashMap<>();
                          super.values(row)
                              .forEach((name, value) -> values.put(recased(name), value));
                          return values;
                        }
                      })),
          saboteur(
              "leaves out fields that the table does not have",
              "value of nobody's field",
              "D-12.18 D-12.1",
              () ->
                  new GoldenTableDestination() {
                    @Override
                    protected boolean fits(Table table, List<String> fields) {
                      return true;
                    }

                    @Override
                    protected GoldenTableSession session(java.nio.file.Path file) {
                      return new Breakable(file) {
                        @Override
                        protected Outcome apply(
                            Table table, ChangeKind kind, Map<String, @Nullable Object> values) {
                          Map<String, @Nullable Object> known = new LinkedHashMap<>(values);
                          known.keySet().removeIf(name -> !table.hasColumn(name));
                          return super.apply(table, kind, known);
                        }
                      };
                    }
                  }));

  private ValueSaboteurs() {}

  private static Map<String, @Nullable Object> swapped(
      Map<String, @Nullable Object> values, String one, String other) {
    Map<String, @Nullable Object> swapped = new HashMap<>(values);
    if (values.containsKey(one) && values.containsKey(other)) {
      swapped.put(one, values.get(other));
      swapped.put(other, values.get(one));
    }
    return swapped;
  }

  private static String recased(String name) {
    return name.equals("id")
        ? name
        : name.toUpperCase(Locale.getDefault()).toLowerCase(Locale.ROOT);
  }
}
