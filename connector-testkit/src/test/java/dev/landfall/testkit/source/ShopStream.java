package dev.landfall.testkit.source;

import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a shop lets others read: lines of values with semicolons between. */
enum ShopStream {
  ORDERS(
      true,
      List.of(
          FieldSpec.of("order", FieldType.TEXT),
          FieldSpec.of("customer", FieldType.TEXT),
          FieldSpec.of("pieces", FieldType.INTEGER),
          FieldSpec.of("price", FieldType.DECIMAL),
          FieldSpec.of("note", FieldType.TEXT))),
  CUSTOMERS(
      false,
      List.of(
          FieldSpec.of("customer", FieldType.TEXT),
          FieldSpec.of("since", FieldType.DATE),
          FieldSpec.of("news", FieldType.FLAG)));

  private final boolean incremental;
  private final RowSchema schema;

  ShopStream(boolean incremental, List<FieldSpec> fields) {
    this.incremental = incremental;
    schema = new RowSchema(fields, List.of(fields.get(0).name()));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  RowSchema schema() {
    return schema;
  }

  SourceDescriptor.Stream described() {
    return new SourceDescriptor.Stream(word(), "The shop's " + word() + ".", schema, incremental);
  }

  static Optional<ShopStream> find(String word) {
    return Arrays.stream(values()).filter(stream -> stream.word().equals(word)).findFirst();
  }

  List<@Nullable Object> values(int number) {
    String customer = "c-%06d@people.example".formatted(number);
    if (this == CUSTOMERS) {
      return Arrays.asList(customer, LocalDate.ofEpochDay(number % 9000), number % 2 == 0);
    }
    return Arrays.asList(
        "order/%06d".formatted(number),
        customer,
        number % 7 == 0 ? null : (Long) (long) (number % 5),
        BigDecimal.valueOf(number, 2),
        number % 3 == 0 ? null : "leave it at door %d of %06d".formatted(number % 4, number));
  }

  String line(int number) {
    return String.join(
        ";", values(number).stream().map(value -> value == null ? "" : value.toString()).toList());
  }

  /** The row that a line is, or empty if it is none. */
  Optional<Row> row(String line) {
    String[] texts = line.split(";", -1);
    if (texts.length != schema.fields().size()) {
      return Optional.empty();
    }
    List<@Nullable Object> values = new ArrayList<>();
    try {
      for (int i = 0; i < texts.length; i++) {
        values.add(texts[i].isEmpty() ? null : value(schema.fields().get(i).type(), texts[i]));
      }
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
    return Optional.of(Row.of(schema, values.toArray()));
  }

  private static Object value(FieldType type, String text) {
    return switch (type) {
      case INTEGER -> Long.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case DATE -> LocalDate.parse(text);
      case FLAG -> Boolean.valueOf(text);
      default -> text;
    };
  }
}
