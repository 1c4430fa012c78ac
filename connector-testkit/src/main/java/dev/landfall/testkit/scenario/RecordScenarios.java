package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Inserts, updates, upserts and deletes of records: D-12, as far as values are any. */
final class RecordScenarios {

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-12.2", RecordScenarios::upsertWritesWhatIsThereAndWhatIsNot),
          new Scenario("D-12.3", RecordScenarios::otherFieldsStay),
          new Scenario("D-12.4", RecordScenarios::insertWritesWhatIsNotThere),
          new Scenario("D-12.5", RecordScenarios::insertLeavesWhatIsThere),
          new Scenario("D-12.6", RecordScenarios::updateChangesWhatIsThere),
          new Scenario("D-12.7", RecordScenarios::updateMakesNothing),
          new Scenario("D-12.13", RecordScenarios::aPoisonRowIsRejectedAlone),
          new Scenario("D-12.14", RecordScenarios::nobodyElseIsTouched),
          new Scenario("D-12.15", stage -> repeated(stage, ChangeKind.INSERT)),
          new Scenario("D-12.16", stage -> repeated(stage, ChangeKind.UPDATE)),
          new Scenario("D-12.17", RecordScenarios::anyHistoryLeavesWhatItSays),
          new Scenario("D-12.18", RecordScenarios::anUnknownFieldIsNotLeftOut));

  private RecordScenarios() {}

  private static void upsertWritesWhatIsThereAndWhatIsNot(Stage stage) {
    Target target = stage.target();
    Member there = stage.member();
    stage.put(target, there);
    List<Member> records = List.of(Records.rewritten(stage, stage.schema(), there), stage.member());
    Records.land(stage, target, ChangeKind.UPSERT, stage.schema(), records);
    Records.expect(stage, target, records);
  }

  private static void otherFieldsStay(Stage stage) {
    RowSchema schema = stage.schema();
    List<FieldSpec> others = Records.others(schema);
    for (ChangeKind kind : List.of(ChangeKind.UPSERT, ChangeKind.UPDATE)) {
      for (int half = 0; half < Math.min(2, others.size()) && stage.delivers(kind); half++) {
        List<String> written = new ArrayList<>();
        for (int i = half; i < others.size(); i += 2) {
          written.add(others.get(i).name());
        }
        Target target = stage.target();
        Member there = stage.member();
        stage.put(target, there);
        Member changed =
            stage.changed(
                there + ", changed in " + written,
                schema,
                there.values(),
                Records.only(written, stage.member()));
        RowSchema fields =
            having(schema, field -> schema.key().contains(field) || written.contains(field));
        Records.land(stage, target, kind, fields, List.of(changed));
        Records.expect(stage, target, List.of(changed));
      }
    }
  }

  private static RowSchema having(RowSchema schema, Predicate<String> which) {
    return new RowSchema(
        schema.fields().stream().filter(field -> which.test(field.name())).toList(), schema.key());
  }

  private static void insertWritesWhatIsNotThere(Stage stage) {
    Target target = stage.target();
    List<Member> records = stage.members(3);
    Records.land(stage, target, ChangeKind.INSERT, stage.schema(), records);
    Records.expect(stage, target, records);
  }

  private static void insertLeavesWhatIsThere(Stage stage) {
    Target target = stage.target();
    Member there = stage.member();
    stage.put(target, there);
    Member other = stage.member();
    Records.land(
        stage,
        target,
        ChangeKind.INSERT,
        stage.schema(),
        List.of(Records.rewritten(stage, stage.schema(), there), other));
    Records.expect(stage, target, List.of(there, other));
  }

  private static void updateChangesWhatIsThere(Stage stage) {
    Target target = stage.target();
    List<Member> there = stage.members(2);
    Records.put(stage, target, there);
    Member changed = Records.rewritten(stage, stage.schema(), there.get(0));
    Records.land(stage, target, ChangeKind.UPDATE, stage.schema(), List.of(changed));
    Records.expect(stage, target, List.of(changed, there.get(1)));
  }

  private static void updateMakesNothing(Stage stage) {
    Target target = stage.target();
    Member there = stage.member();
    stage.put(target, there);
    Member missing = stage.member();
    Member changed = Records.rewritten(stage, stage.schema(), there);
    List<Member> records = List.of(missing, changed);
    try (Session session = stage.open(target, ChangeKind.UPDATE, stage.schema())) {
      Answered answered = settled(stage, session, ChangeKind.UPDATE, records);
      answered.is(missing, Outcome.Rejected.class).is(changed, Outcome.Delivered.class);
      stage.expect(
          answered.stop().isEmpty(), "no stop for a record that is missing", "there was a stop");
    }
    Records.expect(stage, target, List.of(changed));
  }

  private static void aPoisonRowIsRejectedAlone(Stage stage) {
    for (ChangeKind kind : Records.writes(stage)) {
      for (List<Integer> places : List.of(List.of(0), List.of(2), List.of(4), List.of(0, 4))) {
        Target target = stage.target();
        List<Member> batch = new ArrayList<>();
        List<Member> left = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          boolean poison = places.contains(i);
          Member record = poison ? stage.refused() : stage.member();
          batch.add(record);
          if (kind == ChangeKind.UPDATE) {
            Member before = Records.rewritten(stage, stage.schema(), record);
            stage.put(target, before);
            left.add(poison ? before : record);
          } else if (!poison) {
            left.add(record);
          }
        }
        try (Session session = stage.open(target, kind, stage.schema())) {
          Answered answered = settled(stage, session, kind, batch);
          for (int i = 0; i < batch.size(); i++) {
            answered.is(
                batch.get(i),
                places.contains(i) ? Outcome.Rejected.class : Outcome.Delivered.class);
          }
          stage.expect(
              answered.stop().isEmpty(), "no stop for a refused record", "there was a stop");
        }
        Records.expect(stage, target, left);
      }
    }
  }

  /** Others differ in nothing but the key; and some keys would mean others, were they no values. */
  private static void nobodyElseIsTouched(Stage stage) {
    RowSchema schema = stage.schema();
    Target target = stage.target();
    List<Member> others = new ArrayList<>();
    List<Member> there = stage.members(2);
    for (Member record : there) {
      List<String> fields = Records.others(schema).stream().map(FieldSpec::name).toList();
      others.add(stage.record(record + "'s twin", schema, Records.only(fields, record)));
    }
    Records.put(stage, target, others);
    for (ChangeKind kind : Records.kinds(stage)) {
      Records.put(stage, target, there);
      try (Session session = stage.open(target, kind, schema)) {
        Members.land(
            stage,
            session,
            kind,
            there.stream().map(r -> Records.rewritten(stage, schema, r)).toList());
        for (String key : List.of("%", "' OR '1' = '1", "*")) {
          Member odd = stage.odd("record with the key " + key, key);
          settled(stage, session, kind, List.of(odd))
              .none(Outcome.Unknown.class)
              .none(Outcome.NotAttempted.class);
        }
      }
      for (Member other : others) {
        stage.expect(
            stage.holds(target.settings(), other),
            other + " to stay as it was",
            kind.word() + " of others changed it");
      }
    }
  }

  /** What a host does with an unknown outcome of a kind that is declared idempotent. */
  private static void repeated(Stage stage, ChangeKind kind) {
    Target target = stage.target();
    List<Member> records = new ArrayList<>(stage.members(2));
    if (kind == ChangeKind.UPDATE) {
      Records.put(stage, target, records);
      records.replaceAll(record -> Records.rewritten(stage, stage.schema(), record));
    }
    try (Session session = stage.open(target, kind, stage.schema())) {
      if (stage.testbed().injectsFaults()) {
        String calls = stage.testbed().callsFor(kind);
        stage.inject(Fault.answering(503).applied().onCalls(calls).times(1));
      }
      session.deliver(kind, records);
      Members.land(stage, session, kind, records);
      Members.land(stage, session, kind, records);
    }
    Records.expect(stage, target, records);
  }

  private static void anyHistoryLeavesWhatItSays(Stage stage) {
    Target target = stage.target();
    List<Member> all = stage.members(6);
    Map<String, Member> left = new TreeMap<>();
    for (int run = 0; run < 12; run++) {
      SyncMode mode = any(stage, stage.descriptor().modes());
      try (Session session = stage.open(target, mode, stage.testbed().connection())) {
        for (int batch = 0; batch < 3; batch++) {
          ChangeKind kind = any(stage, mode.changeKinds());
          List<Member> some = new ArrayList<>(all);
          Collections.shuffle(some, stage.random());
          some = new ArrayList<>(some.subList(0, 1 + stage.random().nextInt(4)));
          some.replaceAll(record -> Records.rewritten(stage, stage.schema(), record));
          Answered answered = settled(stage, session, kind, some);
          for (Member record : some) {
            boolean missing = !left.containsKey(record.name());
            answered.is(
                record,
                kind == ChangeKind.UPDATE && missing
                    ? Outcome.Rejected.class
                    : Outcome.Delivered.class);
            book(left, kind, record);
          }
        }
      }
    }
    Records.expect(stage, target, List.copyOf(left.values()));
  }

  private static void anUnknownFieldIsNotLeftOut(Stage stage) {
    FieldSpec unknown = FieldSpec.of("field_of_nobody", FieldType.TEXT);
    List<FieldSpec> fields = new ArrayList<>(stage.schema().fields());
    fields.add(unknown);
    RowSchema schema = new RowSchema(fields, stage.schema().key());
    Member record =
        stage.record(
            "record with a field that no target has",
            stage.schema(),
            Map.of(unknown.name(), "value of nobody's field"));
    Target target = stage.target();
    stage.note("a mapping fills " + unknown.name() + " besides");
    Problem problem;
    try (Session session = stage.tryOpen(target, stage.addKind(), schema)) {
      Answered answered = session.deliver(stage.addKind(), record);
      if (answered.of(record) instanceof Outcome.Delivered) {
        Records.expect(stage, target, List.of(record));
        return;
      }
      problem = answered.stop().orElse(null);
    } catch (ConnectorException e) {
      problem = e.problem();
    }
    stage.expect(
        problem != null && problem.kind() == ProblemKind.CONFIGURATION,
        "a field that is not there to be written all the same, or a refusal as CONFIGURATION",
        problem == null ? "there was no stop" : "it was " + problem.kind());
  }

  private static void book(Map<String, Member> left, ChangeKind kind, Member record) {
    switch (kind) {
      case INSERT -> left.putIfAbsent(record.name(), record);
      case UPDATE -> left.replace(record.name(), record);
      case DELETE -> left.remove(record.name());
      default -> left.put(record.name(), record);
    }
  }

  private static <T> T any(Stage stage, List<T> of) {
    return of.get(stage.random().nextInt(of.size()));
  }

  private static Answered settled(
      Stage stage, Session session, ChangeKind kind, List<Member> records) {
    return Receipts.settled(stage, session, kind, records, session.deliver(kind, records));
  }
}
