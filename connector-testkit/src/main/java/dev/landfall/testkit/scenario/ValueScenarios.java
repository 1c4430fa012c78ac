package dev.landfall.testkit.scenario;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import dev.landfall.testkit.stage.Values;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Values of records: D-12. */
final class ValueScenarios {

  /** One leaves an hour out in spring, the other has left out a day. */
  private static final List<String> ZONES = List.of("America/New_York", "Pacific/Apia");

  /** A language with letter cases and digits of its own. */
  private static final Locale LANGUAGE = Locale.forLanguageTag("tr-TR-u-nu-arab");

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-12.1", ValueScenarios::everyFieldHoldsWhatWasDelivered),
          new Scenario("D-12.10", ValueScenarios::valuesComeBackAsTheyWere),
          new Scenario("D-12.11", ValueScenarios::nothingIsNoText),
          new Scenario("D-12.12", ValueScenarios::theMachineHasNoSay));

  private ValueScenarios() {}

  private static void everyFieldHoldsWhatWasDelivered(Stage stage) {
    Target target = stage.target();
    try (Session session = stage.open(target)) {
      for (int batch = 0; batch < 3; batch++) {
        Members.land(stage, session, stage.addKind(), stage.members(5));
      }
    }
  }

  private static void valuesComeBackAsTheyWere(Stage stage) {
    Set<FieldType> tried = EnumSet.noneOf(FieldType.class);
    for (FieldSpec field : Records.others(stage.schema())) {
      if (tried.add(field.type())) {
        comeBack(stage, field, OddValues.of(field.type()));
      }
    }
  }

  private static void comeBack(Stage stage, FieldSpec field, List<?> values) {
    Target target = stage.target();
    List<Member> all = new ArrayList<>();
    List<Member> held = new ArrayList<>();
    for (Object value : values) {
      Member record = with(stage, field, value);
      all.add(record);
      if (stage.records().holds(field, value)) {
        held.add(record);
      }
    }
    try (Session session = stage.open(target)) {
      Answered answered =
          Receipts.settled(
              stage, session, stage.addKind(), all, session.deliver(stage.addKind(), all));
      for (Member record : all) {
        answered.is(
            record, held.contains(record) ? Outcome.Delivered.class : Outcome.Rejected.class);
      }
    }
    Records.expect(stage, target, held);
  }

  private static Member with(Stage stage, FieldSpec field, @Nullable Object value) {
    Map<String, @Nullable Object> change = new HashMap<>();
    change.put(field.name(), value);
    return stage.record(
        "record with " + Values.words(value) + " in " + field.name(), stage.schema(), change);
  }

  private static void nothingIsNoText(Stage stage) {
    Target target = stage.target();
    List<Member> left = new ArrayList<>();
    for (FieldSpec field : Records.others(stage.schema())) {
      left.add(with(stage, field, null));
      if (field.type() == FieldType.TEXT && stage.records().holds(field, "")) {
        left.add(with(stage, field, ""));
      }
    }
    Records.land(stage, target, stage.addKind(), stage.schema(), left);
    Records.expect(stage, target, left);
    for (ChangeKind kind : List.of(ChangeKind.UPSERT, ChangeKind.UPDATE)) {
      if (stage.delivers(kind)) {
        emptied(stage, kind);
      }
    }
  }

  private static void emptied(Stage stage, ChangeKind kind) {
    RowSchema schema = stage.schema();
    Target target = stage.target();
    List<Member> left = new ArrayList<>();
    for (FieldSpec field : Records.others(schema)) {
      Member there = stage.member();
      stage.put(target, there);
      Map<String, @Nullable Object> change = new HashMap<>();
      change.put(field.name(), null);
      left.add(
          stage.changed(
              there + " with nothing in " + field.name(), schema, there.values(), change));
    }
    Records.land(stage, target, kind, schema, left);
    Records.expect(stage, target, left);
  }

  private static void theMachineHasNoSay(Stage stage) {
    TimeZone zone = TimeZone.getDefault();
    Locale language = Locale.getDefault();
    for (String other : ZONES) {
      Target target = stage.target();
      List<Member> records = new ArrayList<>();
      for (FieldSpec field : Records.others(stage.schema())) {
        for (Object value : OddValues.of(field.type())) {
          if (field.type() != FieldType.TEXT && stage.records().holds(field, value)) {
            records.add(with(stage, field, value));
          }
        }
      }
      stage.note("the machine is in " + other + " and speaks " + LANGUAGE);
      try {
        TimeZone.setDefault(TimeZone.getTimeZone(other));
        Locale.setDefault(LANGUAGE);
        Records.land(stage, target, stage.addKind(), stage.schema(), records);
      } finally {
        TimeZone.setDefault(zone);
        Locale.setDefault(language);
      }
      stage.heard("the machine is where it was");
      Records.expect(stage, target, records);
    }
  }
}
