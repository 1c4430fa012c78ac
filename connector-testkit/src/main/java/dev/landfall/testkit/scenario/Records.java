package dev.landfall.testkit.scenario;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import dev.landfall.testkit.stage.Values;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What several scenarios of records begin and end with. */
final class Records {

  private Records() {}

  /** The kinds of change that the connector delivers. */
  static List<ChangeKind> kinds(Stage stage) {
    return Stream.of(ChangeKind.INSERT, ChangeKind.UPDATE, ChangeKind.UPSERT, ChangeKind.DELETE)
        .filter(stage::delivers)
        .toList();
  }

  /** The kinds of change that the connector delivers, and that carry values. */
  static List<ChangeKind> writes(Stage stage) {
    return kinds(stage).stream().filter(kind -> !kind.keyOnly()).toList();
  }

  /** The fields that are not the key. */
  static List<FieldSpec> others(RowSchema schema) {
    return schema.fields().stream().filter(field -> !schema.key().contains(field.name())).toList();
  }

  /** A record with the same key and other values. */
  static Member rewritten(Stage stage, RowSchema schema, Member record) {
    return stage.record(record + ", rewritten", schema, only(schema.key(), record));
  }

  /** Some of a record's values. */
  static Map<String, Object> only(List<String> fields, Member record) {
    Map<String, Object> some = new LinkedHashMap<>();
    fields.forEach(field -> some.put(field, Objects.requireNonNull(record.values().get(field))));
    return some;
  }

  static void put(Stage stage, Target target, List<Member> records) {
    records.forEach(record -> stage.put(target, record));
  }

  /** Delivers in a session of its own, and sees all of it land. */
  static void land(
      Stage stage, Target target, ChangeKind kind, RowSchema fields, List<Member> records) {
    try (Session session = stage.open(target, kind, fields)) {
      Members.land(stage, session, kind, records);
    }
  }

  /**
   * Ends the scenario unless exactly these records are in the target, with exactly their values.
   */
  static void expect(Stage stage, Target target, List<Member> expected) {
    Map<String, Member> due = new TreeMap<>();
    expected.forEach(record -> due.put(record.name(), record));
    Map<String, List<Map<String, Object>>> there = stage.there(target);
    for (Member record : due.values()) {
      List<Map<String, Object>> found = there.getOrDefault(record.name(), List.of());
      stage.expect(
          found.size() == 1,
          record + " to be in " + target + " once",
          "it is there " + found.size() + " times");
      holds(stage, record, found.get(0));
    }
    Set<String> strangers = new LinkedHashSet<>(there.keySet());
    strangers.removeAll(due.keySet());
    stage.expect(
        strangers.isEmpty(),
        "no other record in " + target,
        "there are " + strangers.size() + " others");
  }

  private static void holds(Stage stage, Member record, Map<String, Object> found) {
    Map<String, Object> due = Values.canonical(record.values());
    Set<String> fields = new LinkedHashSet<>(due.keySet());
    fields.addAll(found.keySet());
    for (String field : fields) {
      stage.expect(
          Objects.equals(due.get(field), found.get(field)),
          "%s of %s to hold %s".formatted(field, record, Values.words(due.get(field))),
          "it holds " + Values.words(found.get(field)));
    }
  }
}
