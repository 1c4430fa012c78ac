package dev.landfall.testkit.scenario;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.stage.Answered;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rows: D-3. */
final class RowScenarios {

  private static final List<String> ODD =
      List.of(
          "a/b",
          " ab",
          "ab ",
          "AB",
          "0ab",
          "0042",
          "+42",
          "1e3",
          "null",
          "a\"},{\"id\":\"other",
          "../x",
          "..",
          ".",
          "a?b=c",
          "a#b",
          "a%2Fb",
          "a b",
          "a+b",
          "a&b",
          "\u00fc\u00df",
          "a\"b",
          "a'b",
          "a\\b",
          "a,b",
          "a;b",
          "<b>",
          "a\u0000b",
          "a\nb",
          "a\r\nX-Injected: 1",
          "\ud83d\ude00",
          "x".repeat(3_000));

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-3.1", RowScenarios::noKeyNoCall),
          new Scenario("D-3.2", RowScenarios::blankKeyIsRejected),
          new Scenario("D-3.3", RowScenarios::oddCharactersReachNobodyElse),
          new Scenario("D-3.4", RowScenarios::removalsCarryTheKeyAlone),
          new Scenario("D-3.5", RowScenarios::fieldsAreFoundByName),
          new Scenario("D-3.6", RowScenarios::fieldsMayBeEmpty),
          new Scenario("D-3.7", RowScenarios::oneIdentityIsOneMember));

  private RowScenarios() {}

  private static void noKeyNoCall(Stage stage) {
    wrongKey(stage, stage.odd("member without a key", null));
  }

  private static void blankKeyIsRejected(Stage stage) {
    wrongKey(stage, stage.odd("member with a blank key", "  "));
    wrongKey(stage, stage.odd("member with an empty key", ""));
  }

  private static void wrongKey(Stage stage, Member wrong) {
    try (Session session = stage.open(stage.target())) {
      Members.land(stage, session, stage.addKind(), stage.members(1));
      long before = stage.calls();
      session.deliver(stage.addKind(), wrong).all(Outcome.Rejected.class);
      stage.expect(
          stage.calls() == before, "no call for " + wrong, "the system saw " + stage.calls());
      List<Member> around = new ArrayList<>(stage.members(2));
      around.add(1, wrong);
      Receipts.settled(
              stage, session, stage.addKind(), around, session.deliver(stage.addKind(), around))
          .is(around.get(0), Outcome.Delivered.class)
          .is(wrong, Outcome.Rejected.class)
          .is(around.get(2), Outcome.Delivered.class);
    }
  }

  private static void oddCharactersReachNobodyElse(Stage stage) {
    Target target = stage.target();
    Set<String> delivered = new TreeSet<>();
    try (Session session = stage.open(target)) {
      Member plain = stage.member();
      Members.land(stage, session, stage.addKind(), List.of(plain));
      delivered.add(plain.name());
      List<String> keys = new ArrayList<>(ODD);
      if (stage.holdsRecords()) {
        // To records a key is a value like any other, and nothing that goes into an address.
        keys.addAll(List.of("", "  "));
      }
      for (String key : keys) {
        Member odd = stage.odd("member with an odd key of " + key.length() + " characters", key);
        List<Member> alone = List.of(odd);
        Answered answered =
            Receipts.settled(
                    stage, session, stage.addKind(), alone, session.deliver(stage.addKind(), alone))
                .none(Outcome.Unknown.class)
                .none(Outcome.NotAttempted.class);
        if (answered.of(odd) instanceof Outcome.Delivered) {
          delivered.add(odd.name());
        }
        Set<String> in = stage.testbed().members(target.settings());
        stage.expect(
            in.equals(delivered),
            "nobody in the target but under exactly the keys that were delivered",
            "after a key of "
                + key.length()
                + " characters there are "
                + in.size()
                + " of "
                + delivered.size()
                + ", or under other keys");
      }
    }
  }

  private static void removalsCarryTheKeyAlone(Stage stage) {
    Target target = stage.target();
    List<Member> members = stage.members(1);
    Members.putIn(stage, target, members);
    try (Session session =
        stage.open(target, stage.mode(stage.removeKind()), stage.testbed().connection())) {
      Members.land(stage, session, stage.removeKind(), members);
    }
  }

  /** What a manifest maps, in the order in which it maps it. */
  private static void fieldsAreFoundByName(Stage stage) {
    List<FieldSpec> reversed = new ArrayList<>(stage.schema().fields());
    Collections.reverse(reversed);
    List<FieldSpec> least =
        reversed.stream()
            .filter(field -> field.required() || field.name().equals(stage.keyField()))
            .toList();
    for (List<FieldSpec> fields : List.of(reversed, least)) {
      Target target = stage.target();
      List<Member> members = stage.members(1);
      RowSchema mapped = new RowSchema(fields, stage.schema().key());
      stage.note("a mapping fills " + fields.stream().map(FieldSpec::name).toList());
      try (Session session = stage.open(target, stage.addKind(), mapped)) {
        Members.land(stage, session, stage.addKind(), members);
      }
      Members.expect(stage, target, members);
    }
  }

  private static void fieldsMayBeEmpty(Stage stage) {
    for (FieldSpec field : stage.schema().fields()) {
      if (!field.name().equals(stage.keyField())) {
        Member member = stage.without(field.name());
        try (Session session = stage.open(stage.target())) {
          List<Member> alone = List.of(member);
          Answered answered =
              Receipts.settled(
                  stage, session, stage.addKind(), alone, session.deliver(stage.addKind(), alone));
          answered
              .none(Outcome.Unknown.class)
              .none(Outcome.Retryable.class)
              .none(Outcome.NotAttempted.class);
        }
      }
    }
  }

  private static void oneIdentityIsOneMember(Stage stage) {
    FieldIdentity identity = stage.identity();
    Member member = stage.member();
    String key = String.valueOf(member.values().get(stage.keyField()));
    List<String> spellings = new ArrayList<>(List.of(" " + key, key + "\t", "\u00a0" + key));
    if (identity == FieldIdentity.NUMBER) {
      spellings.add("00" + key);
    }
    Target target = stage.target();
    try (Session session = stage.open(target)) {
      Members.land(stage, session, stage.addKind(), List.of(member));
      for (String spelling : spellings) {
        List<Member> other = List.of(stage.odd("the same member, spelt otherwise", spelling));
        Receipts.settled(
                stage, session, stage.addKind(), other, session.deliver(stage.addKind(), other))
            .none(Outcome.Unknown.class)
            .none(Outcome.NotAttempted.class);
        Members.expect(stage, target, List.of(member));
      }
    }
  }
}
