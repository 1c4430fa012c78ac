package dev.landfall.testkit.scenario;

import dev.landfall.connector.SessionSpec;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Session;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Target;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sessions in another process: D-11. */
final class ProcessScenarios {

  private static final long LIMIT_SECONDS = 15;
  private static final int ASIDE = 901;

  static final List<Scenario> ALL =
      List.of(
          new Scenario("D-11.1", ProcessScenarios::aSessionOpensFromItsSpec),
          new Scenario("D-11.2", ProcessScenarios::anotherProcessConfirms));

  private ProcessScenarios() {}

  private static void aSessionOpensFromItsSpec(Stage stage)
      throws IOException, InterruptedException {
    Map<String, Object> target = stage.testbed().makeTarget(ASIDE);
    Member member = stage.member();
    stage.note("another process opens a session from its spec and delivers " + member);
    String said = run(stage, order(stage, target, List.of(member), null));
    stage.expect(
        said.equals("Delivered") || said.equals("Accepted"),
        "a member to be delivered by another process",
        "it said: " + said);
    if (said.equals("Delivered")) {
      stage.expect(
          stage.holds(target, member),
          member + " to be in the target as it is, because another process delivered it",
          "it is not in it so");
    }
  }

  private static void anotherProcessConfirms(Stage stage) throws IOException, InterruptedException {
    Target target = stage.target();
    List<Member> members = stage.members(3);
    Map<Receipt, List<Member>> receipts;
    try (Session session = stage.open(target)) {
      receipts = Receipts.of(members, session.deliver(stage.addKind(), members));
    }
    stage.note("the system settles " + stage.testbed().settleAccepted() + " changes");
    for (Map.Entry<Receipt, List<Member>> entry : receipts.entrySet()) {
      stage.note("another process opens a session from its spec and asks about a receipt");
      List<Member> those = entry.getValue();
      String said = run(stage, order(stage, target.settings(), those, entry.getKey()));
      stage.expect(
          said.equals(String.join(",", Collections.nCopies(those.size(), "Delivered"))),
          "every member of the receipt to be said to be delivered, to another process",
          "it said: " + said);
    }
  }

  private static Path order(
      Stage stage, Map<String, Object> target, List<Member> members, @Nullable Receipt receipt)
      throws IOException {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    stage.schema().fields().forEach(field -> fields.put(field.name(), field.type()));
    SessionSpec spec =
        new SessionSpec(
            stage.descriptor().id(),
            plain(stage, stage.testbed().connection()),
            plain(stage, target),
            stage.mode(stage.addKind()).word(),
            fields,
            stage.schema().key());
    ArrayList<ArrayList<Object>> rows = new ArrayList<>();
    for (Member member : members) {
      ArrayList<Object> values = new ArrayList<>();
      fields.keySet().forEach(field -> values.add(member.values().get(field)));
      rows.add(values);
    }
    Path order = Files.createTempFile(stage.folder(), "order", "");
    try (OutputStream file = Files.newOutputStream(order);
        ObjectOutputStream out = new ObjectOutputStream(file)) {
      out.writeObject(spec);
      out.writeObject(rows);
      out.writeObject(receipt);
    }
    return order;
  }

  private static String run(Stage stage, Path order) throws IOException, InterruptedException {
    Path plugin = stage.subject().plugin();
    Path out = Files.createTempFile(stage.folder(), "out", "");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                order.toString(),
                stage.folder().toString(),
                plugin == null ? "" : plugin.toString(),
                out.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return "nothing within " + LIMIT_SECONDS + " seconds";
      }
      String said = Files.readString(out, StandardCharsets.UTF_8);
      return said.isEmpty() ? "nothing, and ended with " + process.exitValue() : said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Plain data, with secrets as references to files. */
  private static Map<String, Serializable> plain(Stage stage, Map<String, Object> settings)
      throws IOException {
    Map<String, Serializable> plain = new LinkedHashMap<>();
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      if (setting.getValue() instanceof Secret secret) {
        Path file = stage.folder().resolve("secret-" + setting.getKey());
        Files.writeString(file, secret.reveal());
        plain.put(setting.getKey(), new HashMap<>(Map.of("file", file.toString())));
      } else {
        plain.put(setting.getKey(), (Serializable) setting.getValue());
      }
    }
    return plain;
  }
}
