package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import dev.landfall.connector.settings.Secret;
import dev.landfall.kognitiv.sandbox.KognitivSandbox;
import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Fault;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries: credentials, tokens and bodies, looked for in everything that a run leaves behind. */
class SecrecyIT {

  private static final String ID = "canary id/+ü&";
  private static final String SECRET = "canary=secret %/?+ä";
  private static final String BODY = "canary-of-a-body";

  @TempDir private Path folder;

  @Test
  void noSecretTokenOrBodyIsLeftAnywhereEvenAtVerbose() throws IOException {
    try (Scene scene = new Scene(folder)) {
      scene.sandbox.tokens().credentials(Secret.of(ID), Secret.of(SECRET)).expireAfterUses(3);
      scene.landfall.with("KOGNITIV_CLIENT_ID", ID).with("KOGNITIV_CLIENT_SECRET", SECRET);
      scene.audience(Scene.members(1, 30));
      StringBuilder said = new StringBuilder();
      faults()
          .map(f -> f.onCalls(KognitivSandbox.ADD).times(2))
          .forEach(scene.sandbox.faults()::inject);

      said.append(text(scene.landfall.run("check", "vip.json", "--verbose")));
      said.append(text(scene.landfall.run("plan", "vip.json", "--verbose")));
      Ended sync = scene.landfall.run("sync", "vip.json", "--verbose");
      said.append(text(sync));
      said.append(text(scene.landfall.run("sync", "vip.json", "--verbose", "--json")));
      scene.sandbox.tokens().credentials(Secret.of(ID), Secret.of("another"));
      said.append(text(scene.landfall.run("sync", "vip.json", "--full", "--verbose")));

      assertThat(scene.sandbox.faults().struck()).as("faults struck").isPositive();
      assertThat(sync.out()).as("some were delivered").contains("delivered");
      assertHidden("what was printed", said.toString());
      try (Stream<Path> files = Files.walk(folder.resolve(".landfall"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertHidden(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  private static Stream<Fault> faults() {
    String echo = BODY + " " + ID + " " + SECRET + " " + "x".repeat(2_000);
    return Stream.of(
        Fault.answering(Answer.text(500, "text/html", "<html>" + echo)).notApplied(),
        Fault.answering(Answer.text(200, "text/html", "<html>" + echo)).notApplied(),
        Fault.answering(Answer.json(422, Map.of("errors", echo))).notApplied(),
        Fault.cut().notApplied());
  }

  private static String text(Ended ended) {
    return ended.out() + ended.err();
  }

  private static void assertHidden(String where, String text) {
    forms()
        .forEach(
            (what, form) -> assertThat(text.contains(form)).as(what + " in " + where).isFalse());
    assertThat(text).as("a token in " + where).doesNotContainPattern("sandbox\\.[0-9a-f]{8}-");
  }

  private static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    Map.of("the client id", ID, "the secret", SECRET, "a body", BODY)
        .forEach(
            (what, plain) -> {
              forms.put(what, plain);
              forms.put(what + " in Latin 1", latin(plain));
              forms.put(what + " URL-encoded", URLEncoder.encode(plain, StandardCharsets.UTF_8));
              forms.put(what + " in Base64", base64(plain));
            });
    forms.put("Basic credentials", base64(ID + ":" + SECRET));
    return forms;
  }

  /** How a file's UTF-8 looks where it is read as Latin 1, so that every byte is looked at. */
  private static String latin(String plain) {
    return new String(plain.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String base64(String plain) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
