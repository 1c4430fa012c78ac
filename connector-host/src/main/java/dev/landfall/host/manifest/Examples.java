package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an editor offers where neither a default nor a choice says what may stand there. */
final class Examples {

  private static final Map<Setting<?>, List<Object>> BY_SETTING = new LinkedHashMap<>();

  static {
    BY_SETTING.put(Sections.NAME, List.of("vip-members"));
    BY_SETTING.put(Sections.FILE_PATH, List.of("audience.csv", "exports/audience.parquet"));
    BY_SETTING.put(Sections.FILE_QUERY, List.of("SELECT id FROM file WHERE tier = 'Gold'"));
    BY_SETTING.put(Sections.SQL_URL, List.of("jdbc:postgresql://localhost:5432/warehouse"));
    BY_SETTING.put(Sections.SQL_USER, List.of("landfall"));
    BY_SETTING.put(Sections.SQL_QUERY, List.of("SELECT id FROM members WHERE tier = 'Gold'"));
    BY_SETTING.put(Sections.SOURCE_CONNECTOR, List.of("case-sync"));
    BY_SETTING.put(Sections.STREAM, List.of("cases"));
    BY_SETTING.put(Sections.STREAM_QUERY, List.of("SELECT id FROM stream"));
    BY_SETTING.put(Sections.COLUMN, List.of("member_internal_id"));
    BY_SETTING.put(Sections.CONSTANT, List.of("Gold"));
    BY_SETTING.put(Sections.FIELD, List.of("member_internal_id"));
    BY_SETTING.put(Sections.CEILING, List.of(16));
    BY_SETTING.put(Sections.BATCH_SIZE, List.of(100));
    BY_SETTING.put(Sections.REQUESTS_PER_SECOND, List.of(10));
  }

  private Examples() {}

  static List<Object> of(Setting<?> setting) {
    return setting.kind() == Setting.Kind.DURATION
        ? List.of("PT30S", "PT15M", "P1D")
        : BY_SETTING.getOrDefault(setting, List.of());
  }
}
