package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.cli.Landfall.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees, of the distribution. */
class TerminalIT {

  private static final String CANARY = "canary-of-a-secret";
  private static final String MANIFEST =
      """
      {
        "name": "vip",
        "source": {"type": "file", "path": "audience.csv"},
        "destination": {"connector": "kognitiv",
          "connection": {"apiBaseUrl": "https://me:CANARY@a.example", "clientId": "CANARY",
                         "clientSecret": "CANARY", "tokenPath": "CANARY", "totalTimeLimit": "CANARY"},
          "target": {"objectType": "promotional-membr-group", "groupExternalReference": "VIP"}},
        "mode": "miror"
      }
      """
          .replace("CANARY", CANARY);

  @TempDir private Path folder;
  private Landfall landfall;

  @BeforeEach
  void writeTheManifest() throws IOException {
    landfall = new Landfall(folder);
    Files.writeString(folder.resolve("vip.json"), MANIFEST);
  }

  @Test
  void everyCommandThatReadsAManifestShowsWhatIsWrongInItsLineAndNoSecret() {
    for (String command : new String[] {"validate", "check", "plan", "sync"}) {
      Ended ended = landfall.run(command, "vip.json", "--verbose");

      assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
      assertThat(ended.out())
          .contains(
              """
                /mode  (line 8, column 11)
                  8 |   "mode": "miror"
                    |           ^^^^^^^
              """)
          .contains("Did you mean \"mirror\"?", "Did you mean \"promotional-member-group\"?")
          .contains("  /destination/connection/clientSecret  (line 6, column 36)\n")
          .doesNotContain("\u001b");
      assertThat(ended.out().lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
      assertThat(ended.out() + ended.err()).doesNotContain(CANARY);
    }
  }

  @Test
  void asJsonEachHasLineAndColumn() {
    for (String command : new String[] {"validate", "sync"}) {
      Ended ended = landfall.run(command, "vip.json", "--json");

      assertThat(ended.json().get("violations"))
          .anySatisfy(
              v -> {
                assertThat(v.get("pointer").asString()).isEqualTo("/mode");
                assertThat(v.get("line").asInt()).isEqualTo(8);
                assertThat(v.get("column").asInt()).isEqualTo(11);
              });
      assertThat(ended.out() + ended.err()).doesNotContain(CANARY);
    }
  }

  @Test
  void aSyntaxErrorIsShownInItsLineAndNoSecret() throws IOException {
    Files.writeString(
        folder.resolve("vip.json"),
        MANIFEST.replace("\"" + CANARY + "\", \"tok", CANARY + ", \"tok"));

    Ended ended = landfall.run("validate", "vip.json");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.out()).contains("    6 |                    \"clientSecret\": …\n");
    assertThat(ended.out() + ended.err()).doesNotContain(CANARY);
  }

  @Test
  void coloursComeOnATerminalThatWantsThem() {
    Path script = Path.of("/usr/bin/script");
    assumeTrue(System.getProperty("os.name").equals("Linux") && Files.exists(script));
    String command = "'" + Landfall.COMMAND + "' validate vip.json";

    landfall.with("TERM", "xterm");
    assertThat(landfall.start(script, "-qec", command, "/dev/null").end().out())
        .contains("\u001b[1m/mode\u001b[0m");
    landfall.with("NO_COLOR", "1");
    assertThat(landfall.start(script, "-qec", command, "/dev/null").end().out())
        .contains("  /mode  (line 8")
        .doesNotContain("\u001b");
  }
}
