package dev.landfall.connector.sync;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What fills a field: a column of the source, or a constant. The host applies it; a connector sees
 * its own field names only. Anything richer is SQL in the source's query.
 */
public sealed interface FieldMapping {

  /**
   * The field that is filled.
   *
   * @return the connector's name of the field
   */
  String field();

  /**
   * A column fills a field.
   *
   * @param column the source's column
   * @param field the connector's field
   */
  record Column(String column, String field) implements FieldMapping {
    /** Requires both. */
    public Column {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(field, "field");
    }
  }

  /**
   * The same text fills a field in every row.
   *
   * @param text the constant
   * @param field the connector's field
   */
  record Constant(String text, String field) implements FieldMapping {
    /** Requires both. */
    public Constant {
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(field, "field");
    }
  }

  /**
   * Checks mappings against a source's columns and a destination's fields.
   *
   * @param mappings the mappings, in the order of the row's fields
   * @param columns the source's columns, in its order, with the types of their values
   * @param descriptor the destination
   * @param key the fields that a manifest names as the key; empty for the destination's own key
   *     field
   * @return the schema of the rows, whose fields stand in the order of the mappings: a field that
   *     the destination knows has the destination's type, a free one the type of its column, or
   *     TEXT for a constant; or all violations, with pointers into the list of mappings
   */
  static Parsed<RowSchema> bind(
      List<FieldMapping> mappings,
      Map<String, FieldType> columns,
      DestinationDescriptor descriptor,
      List<String> key) {
    List<Violation> violations = new ArrayList<>();
    List<FieldSpec> fields = new ArrayList<>();
    Set<String> filled = new LinkedHashSet<>();
    for (int i = 0; i < mappings.size(); i++) {
      FieldMapping mapping = mappings.get(i);
      String at = "/" + i;
      if (mapping instanceof Column column && !columns.containsKey(column.column())) {
        violations.add(
            new Violation(
                at + "/column",
                "mapping.column-missing",
                "The source has no column \""
                    + column.column()
                    + "\"; it has "
                    + String.join(", ", columns.keySet())
                    + "."));
      }
      Optional<FieldSpec> field = descriptor.field(mapping.field());
      if (field.isEmpty() && !descriptor.freeFields()) {
        violations.add(
            new Violation(
                at + "/field",
                "mapping.field-unknown",
                "The destination has no field \""
                    + mapping.field()
                    + "\"."
                    + Nearest.question(
                        mapping.field(),
                        descriptor.fields().stream().map(FieldSpec::name).toList())));
      }
      if (filled.add(mapping.field())) {
        fields.add(field.orElseGet(() -> FieldSpec.of(mapping.field(), free(mapping, columns))));
      } else {
        violations.add(
            new Violation(
                at + "/field",
                "mapping.field-twice",
                "The field \"" + mapping.field() + "\" is filled twice."));
      }
    }
    for (FieldSpec field : descriptor.fields()) {
      boolean reportedAsKey =
          key.isEmpty() && descriptor.keyField().filter(field.name()::equals).isPresent();
      if (field.required() && !reportedAsKey && !filled.contains(field.name())) {
        violations.add(
            new Violation(
                "",
                "mapping.field-missing",
                "The required field \"" + field.name() + "\" is filled by no column."));
      }
    }
    List<String> keys = key.isEmpty() ? descriptor.keyField().stream().toList() : key;
    if (keys.isEmpty()) {
      violations.add(
          new Violation(
              "", "mapping.key-missing", "The manifest has to name the key of a record."));
    }
    for (String name : keys) {
      if (!filled.contains(name)) {
        violations.add(
            new Violation(
                "", "mapping.key-missing", "The key \"" + name + "\" is filled by no column."));
      }
    }
    return violations.isEmpty() ? Parsed.of(new RowSchema(fields, keys)) : Parsed.wrong(violations);
  }

  private static FieldType free(FieldMapping mapping, Map<String, FieldType> columns) {
    return mapping instanceof Column column
        ? columns.getOrDefault(column.column(), FieldType.TEXT)
        : FieldType.TEXT;
  }
}
