package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.cli.Landfall.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's lines for who embeds the host, as they stand there. */
class EmbeddedIT {

  private static final Pattern LINES = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final String PROGRAM =
      """
      import dev.landfall.host.*;
      import dev.landfall.host.delivery.*;
      import dev.landfall.host.history.*;
      import java.nio.file.Path;

      class Program {
        public static void main(String[] arguments) throws Exception {
      %s
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void theLinesOfTheReadmeRunASync() throws Exception {
    Matcher lines = LINES.matcher(Files.readString(Path.of("../README.md")));
    assertThat(lines.find()).isTrue();
    try (Scene scene = new Scene(folder)) {
      scene.audience(Scene.members(1, 25));
      scene.file("Program.java", PROGRAM.formatted(lines.group(1)));
      Files.createSymbolicLink(folder.resolve("plugins"), Landfall.HOME.resolve("plugins"));

      Ended ended =
          scene
              .landfall
              .start(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  "-cp",
                  Landfall.HOME.resolve("lib") + "/*",
                  "Program.java")
              .end();

      assertThat(ended.out()).as(ended.err()).endsWith("COMPLETED, added 25\n").contains("of 25");
      assertThat(scene.group()).hasSize(25);
    }
  }
}
