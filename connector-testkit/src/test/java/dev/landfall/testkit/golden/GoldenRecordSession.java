package dev.landfall.testkit.golden;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** As with members; every value goes as a text that the service reads by the field's type. */
final class GoldenRecordSession extends GoldenSession {

  GoldenRecordSession(Api api, String list) {
    super(api, list);
  }

  @Override
  protected boolean usable(@Nullable String key) {
    return key != null;
  }

  @Override
  protected String body(ChangeKind kind, List<Row> rows) {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (Row row : rows) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      List<FieldSpec> fields = row.schema().fields();
      for (int i = 0; i < fields.size(); i++) {
        record.put(fields.get(i).name(), text(row.value(i)));
      }
      records.add(record);
    }
    return JsonMapper.shared().writeValueAsString(Map.of("members", records));
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  @Override
  protected Outcome outcome(String word) {
    return word.equals("missing") ? new Outcome.Rejected(Problems.NOT_THERE) : super.outcome(word);
  }
}
