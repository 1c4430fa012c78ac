package dev.landfall.testkit.scenario;

import dev.landfall.connector.SessionSpec;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.testkit.stage.Member;
import dev.landfall.testkit.stage.Stage;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Sessions in another process: D-11. */
final class ProcessScenarios {

  private static final long LIMIT_SECONDS = 15;
  private static final int ASIDE = 901;

  static final List<Scenario> ALL =
      List.of(new Scenario("D-11.1", ProcessScenarios::aSessionOpensFromItsSpec));

  private ProcessScenarios() {}

  private static void aSessionOpensFromItsSpec(Stage stage)
      throws IOException, InterruptedException {
    Map<String, Object> target = stage.testbed().makeTarget(ASIDE);
    Map<String, FieldType> fields = new LinkedHashMap<>();
    stage.schema().fields().forEach(field -> fields.put(field.name(), field.type()));
    SessionSpec spec =
        new SessionSpec(
            stage.descriptor().id(),
            plain(stage, stage.testbed().connection()),
            plain(stage, target),
            stage.mode(ChangeKind.ADD).word(),
            fields,
            List.of(stage.keyField()));
    Member member = stage.member();
    ArrayList<Object> values = new ArrayList<>();
    fields.keySet().forEach(field -> values.add(member.values().get(field)));
    Path order = stage.folder().resolve("order");
    try (OutputStream file = Files.newOutputStream(order);
        ObjectOutputStream out = new ObjectOutputStream(file)) {
      out.writeObject(spec);
      out.writeObject(values);
    }
    stage.note("another process opens a session from its spec and delivers " + member);
    String said = run(stage, order);
    stage.expect(
        said.equals("Delivered") || said.equals("Accepted"),
        "a member to be delivered by another process",
        "it said: " + said);
    if (said.equals("Delivered")) {
      stage.expect(
          stage.testbed().members(target).contains(member.name()),
          member + " to be in the target, because another process delivered it",
          "it is not in it");
    }
  }

  private static String run(Stage stage, Path order) throws IOException, InterruptedException {
    Path plugin = stage.subject().plugin();
    Path out = stage.folder().resolve("out");
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
      return Files.exists(out)
          ? Files.readString(out, StandardCharsets.UTF_8)
          : "nothing, and ended with " + process.exitValue();
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
