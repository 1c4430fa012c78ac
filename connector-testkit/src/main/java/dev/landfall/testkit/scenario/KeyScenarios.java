package dev.landfall.testkit.scenario;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Keys of records, of one field or several: D-12. */
final class KeyScenarios {

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-12.8", KeyScenarios::allOfAKeyCounts),
          new Scenario("D-12.9", KeyScenarios::halfAKeyIsNone));

  private KeyScenarios() {}

  private static void allOfAKeyCounts(Stage stage) {
    RowSchema schema = stage.records().compositeSchema().orElseThrow();
    for (ChangeKind kind : Records.kinds(stage)) {
      Member one = stage.record("record (a, b)", schema, Map.of());
      Member other = stage.record("record (c, d)", schema, Map.of());
      List<Member> mixed =
          List.of(
              stage.record("record (a, d)", schema, mixed(schema, one, other)),
              stage.record("record (c, b)", schema, mixed(schema, other, one)));
      Target target = stage.target(schema);
      Records.put(stage, target, mixed);
      if (kind == ChangeKind.UPDATE) {
        try (Session session = stage.open(target, kind, schema)) {
          session.deliver(kind, one).all(Outcome.Rejected.class);
        }
        Records.expect(stage, target, mixed);
      }
      if (kind != ChangeKind.INSERT) {
        stage.put(target, one);
      }
      Member rewritten = Records.rewritten(stage, schema, one);
      Records.land(stage, target, kind, schema, List.of(rewritten));
      List<Member> left = new ArrayList<>(mixed);
      if (kind != ChangeKind.DELETE) {
        left.add(rewritten);
      }
      Records.expect(stage, target, left);
    }
  }

  /** The key of one record, but for its last field. */
  private static Map<String, Object> mixed(RowSchema schema, Member one, Member other) {
    String last = schema.key().get(schema.key().size() - 1);
    Map<String, Object> key = new LinkedHashMap<>(Records.only(schema.key(), one));
    key.put(last, Objects.requireNonNull(other.values().get(last)));
    return key;
  }

  private static void halfAKeyIsNone(Stage stage) {
    Stream.concat(Stream.of(stage.schema()), stage.records().compositeSchema().stream())
        .forEach(
            schema -> {
              for (ChangeKind kind : Records.kinds(stage)) {
                schema.key().forEach(field -> without(stage, schema, kind, field));
              }
            });
  }

  private static void without(Stage stage, RowSchema schema, ChangeKind kind, String field) {
    Target target = stage.target(schema);
    Member whole = stage.record("record with a whole key", schema, Map.of());
    stage.put(target, whole);
    Member half =
        stage.changed(
            "record with nothing in " + field,
            schema,
            whole.values(),
            Collections.singletonMap(field, null));
    List<Member> around =
        List.of(
            stage.record("record before it", schema, Map.of()),
            stage.record("record after it", schema, Map.of()));
    if (kind == ChangeKind.UPDATE || kind == ChangeKind.DELETE) {
      Records.put(stage, target, around);
    }
    List<Member> batch = List.of(around.get(0), half, around.get(1));
    try (Session session = stage.open(target, kind, schema)) {
      Receipts.settled(stage, session, kind, batch, session.deliver(kind, batch))
          .is(half, Outcome.Rejected.class)
          .is(around.get(0), Outcome.Delivered.class)
          .is(around.get(1), Outcome.Delivered.class);
    }
    List<Member> left = new ArrayList<>(List.of(whole));
    if (kind != ChangeKind.DELETE) {
      left.addAll(around);
    }
    Records.expect(stage, target, left);
  }
}
