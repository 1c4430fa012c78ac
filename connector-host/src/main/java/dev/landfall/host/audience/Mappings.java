package dev.landfall.host.audience;

import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which column fills which field. */
final class Mappings {

  private static final int NAMED = 5;

  /**
   * What a name of a column looks like. Others are not named in messages: where a header line is
   * missing, they would be a member's data.
   */
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}_ .-]*\\d{0,2}");

  private Mappings() {}

  /** The request's mappings; without any, each column to the field of its name. */
  static List<FieldMapping> of(AudienceRequest request, List<String> columns) {
    List<FieldMapping> mappings = new ArrayList<>(request.mappings());
    if (mappings.isEmpty()) {
      columns.stream()
          .filter(
              c -> request.destination().freeFields() || request.destination().field(c).isPresent())
          .forEach(c -> mappings.add(new FieldMapping.Column(c, c)));
      // So that a key that no column fills is told as the missing column that it is.
      key(request).stream()
          .filter(k -> !columns.contains(k))
          .forEach(k -> mappings.add(new FieldMapping.Column(k, k)));
    }
    return mappings;
  }

  /** The schema of the rows; throws with everything that is wrong. */
  static RowSchema bind(AudienceRequest request, List<FieldMapping> mappings, List<Column> seen) {
    Map<String, FieldType> types = new LinkedHashMap<>();
    seen.forEach(column -> types.put(column.name(), column.fieldType()));
    List<String> columns = List.copyOf(types.keySet());
    List<String> missing =
        mappings.stream()
            .filter(FieldMapping.Column.class::isInstance)
            .map(m -> ((FieldMapping.Column) m).column())
            .filter(c -> !columns.contains(c))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw SourceProblems.columnsMissing(
          request.source().words(),
          missing.stream().map(c -> '"' + c + '"' + near(c, columns)).toList());
    }
    Parsed<RowSchema> schema =
        FieldMapping.bind(mappings, types, request.destination(), request.key());
    if (!schema.violations().isEmpty()) {
      throw SourceProblems.mapping(
          schema.violations().stream().map(Violation::message).collect(Collectors.joining(" ")));
    }
    if (schema.orThrow().key().size() != 1 && !request.records()) {
      throw SourceProblems.mapping("An audience has one key field, not several.");
    }
    return schema.orThrow();
  }

  /** The columns that fill the fields of the key, as far as columns do. */
  static List<String> keyColumns(AudienceRequest request) {
    List<String> key = key(request);
    if (request.mappings().isEmpty()) {
      return key;
    }
    return request.mappings().stream()
        .filter(m -> m instanceof FieldMapping.Column column && key.contains(column.field()))
        .map(m -> ((FieldMapping.Column) m).column())
        .toList();
  }

  /** Names of columns that others lack, as far as they look like names. */
  static List<String> names(List<Column> columns, List<Column> others) {
    List<String> known = others.stream().map(Column::name).toList();
    return columns.stream()
        .map(Column::name)
        .filter(c -> !known.contains(c) && NAME.matcher(c.strip()).matches())
        .limit(NAMED)
        .map(c -> '"' + c + '"')
        .toList();
  }

  private static List<String> key(AudienceRequest request) {
    return request.key().isEmpty()
        ? request.destination().keyField().stream().toList()
        : request.key();
  }

  private static String near(String wanted, List<String> columns) {
    List<String> names =
        Nearest.inOrder(wanted, columns).stream()
            .filter(c -> NAME.matcher(c.strip()).matches())
            .limit(NAMED)
            .toList();
    return names.isEmpty()
        ? ""
        : names.stream().collect(Collectors.joining("\", \"", " (nearest: \"", "\")"));
  }
}
