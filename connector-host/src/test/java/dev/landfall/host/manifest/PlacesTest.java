package dev.landfall.host.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.settings.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

  @TempDir Path folder;

  /** Each violation as a person sees it: place, line, and what the carets are under. */
  private String seen(String manifest) throws IOException {
    Path file = Manifests.write(folder, manifest);
    Places places = ManifestReader.places(file);
    List<Violation> violations = ManifestReader.read(file, SampleConnectors::find).violations();
    assertThat(violations).isNotEmpty();
    return violations.stream()
        .map(v -> places.of(v).map(PlacesTest::shown).orElse(v.pointer() + " nowhere"))
        .collect(Collectors.joining("\n"));
  }

  private static String shown(Places.Place place) {
    return place.line()
        + ":"
        + place.column()
        + " "
        + place.text()
        + "\n"
        + " ".repeat((place.line() + ":" + place.column() + " ").length() + place.from())
        + "^".repeat(place.length());
  }

  private static String changed(String from, String to) {
    assertThat(Manifests.AUDIENCE).contains(from);
    return Manifests.AUDIENCE.replace(from, to);
  }

  @Test
  void aWrongValueIsSeenWhereItStands() throws IOException {
    assertThat(seen(changed("'mirror'", "'miror'")))
        .isEqualTo(
            """
            11:11   "mode": "miror",
                            ^^^^^^^\
            """);
  }

  @Test
  void aWrongNameIsSeenAndNotItsValue() throws IOException {
    assertThat(seen(Manifests.with("'removal': {'maxCount': 7}")))
        .isEqualTo(
            """
            11:21   "mode": "…", "removal": {"maxCount": …},
                                 ^^^^^^^^^\
            """);
  }

  @Test
  void aMissingMemberIsSeenAtTheObjectThatLacksIt() throws IOException {
    assertThat(seen(changed("'type': 'file', 'path': 'samples/vip.csv'", "'type': 'file'")))
        .isEqualTo(
            """
            4:3   "source": {"type": "…"},
                  ^^^^^^^^\
            """);
    assertThat(seen(changed("'mode': 'mirror',", ""))).isEqualTo("1:1 {\n    ^");
  }

  @Test
  void anObjectOrAListIsSeenAtItsBracket() throws IOException {
    assertThat(seen(Manifests.with("'rejected': [1, 2]")))
        .isEqualTo(
            """
            11:33   "mode": "…", "rejected": […, …],
                                             ^\
            """);
  }

  @Test
  void aNameThatStandsTwiceIsSeenTheSecondTime() throws IOException {
    assertThat(seen(changed("'mode': 'mirror',", "'mode': 'mirror',\n  'mode': 'add',")))
        .isEqualTo(
            """
            12:3   "mode": "…",
                   ^^^^^^\
            """);
  }

  @Test
  void columnsCountCharactersAndControlCharactersAreBlanks() throws IOException {
    assertThat(seen(changed("  'mode': 'mirror'", "\t'key': ['üöä€'],\t'mode': 'x'")))
        .contains(
            """
            11:27  "key": ["…"], "mode": "x",
                                         ^^^\
            """);
  }

  @Test
  void aByteOrderMarkDoesNotMoveThePlaces() throws IOException {
    assertThat(seen("\ufeff{}")).startsWith("1:1 {}\n    ^");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name': 'a',\n 'clientSecret': hunter2}",
        "{'name': 'a',\n 'clientSecret': 'hunter2\n'}",
        "{'name': 'a',\n 'clientSecret': 'hunter2' 'hunter2'}",
        "{'name': 'a',\n 'clientSecret': 'hunter2'",
        "{'name': 'a',\n 'clientSecret': 'x'hunter2': 'hunter2': 'hunter2'",
        "{'name': 'a',\n 'clientSecret: 'hunter2', 'b': 'hunter2'}",
        "{'name': 'a',\n 'clientSecret': 'x'y, 'hunter2': 'z'}",
        "{'name': 'a',\n 'clientSecret': '\\hunter2'}",
        "{'name': 'a',\n hunter2: 1}",
        "{'name': 'a',\n //hunter2\n}",
        "{'name': 'a'}\n hunter2",
        "{'name': 'a'}\n 'hunter2'"
      })
  void aSyntaxErrorIsSeenInItsLineAndNoValueIs(String text) throws IOException {
    Path file = Manifests.write(folder, text);
    List<Violation> violations = ManifestReader.read(file).violations();
    Violation syntax =
        violations.stream()
            .filter(v -> v.code().equals("manifest.syntax"))
            .findFirst()
            .orElseThrow();
    Places.Place place = ManifestReader.places(file).of(syntax).orElseThrow();
    assertThat(place.text()).doesNotContain("hunter2");
    assertThat(syntax.message()).contains("line " + place.line() + ", column " + place.column());
  }

  @Test
  void ofABrokenLineTheNamesBeforeTheErrorAreSeen() throws IOException {
    assertThat(seen("{'name': 'a' 'mode': 'add'}"))
        .isEqualTo(
            """
            1:14 {"name": "…" "…": "…"}
                              ^\
            """);
  }

  @Test
  void noValueOfAConnectionIsSeenUnlessTheMessageSaysItToo() throws IOException {
    for (String manifest :
        List.of(
            changed("{'env': 'CLIENT_SECRET'}", "'hunter2'"),
            changed("{'env': 'CLIENT_SECRET'}", "7002"),
            changed("'CLIENT_SECRET'", "'hunter2!'"),
            changed("'connection': {", "'connection': {'pool': 'hunter2', "),
            changed("'connection': {", "'connection': {'hunter': 'hunter2', "),
            changed("https://api.sample.example", "https://a:hunter2@b/?x"),
            changed("'type': 'file'", "'type': 'sql', 'password': 'hunter2'"),
            changed("'connector': 'sample',", "'connector': 'sample', 'connection': 'hunter2', "),
            "'hunter2'",
            "['hunter2']",
            "{'source': 'hunter2', 'destination': 7002}")) {
      assertThat(seen(manifest)).doesNotContain("hunter2", "7002").containsPattern("…|\\[");
    }
    assertThat(seen(changed("'target': {", "'target': {'objectType': 'x', "))).contains("\"x\"");
  }

  @Test
  void manyThingsThatAreWrongInOneLongLineAreNoTroubleAndTheLineIsNotSeen() throws IOException {
    String key = "'a', ".repeat(10_000) + "'\\'" + "\\\\".repeat(10_000) + "'";
    List<String> seen =
        seen(changed("'mode': 'mirror'", "'key': [" + key + "], 'mode': 'x'")).lines().toList();
    assertThat(seen.get(0)).isEqualTo("11:" + (key.length() + 22) + " ");
    assertThat(seen).hasSizeGreaterThan(20_000).noneMatch(line -> line.contains("k"));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFileWithoutAnEndIsNotReadToIt() {
    Path endless = Path.of("/dev/zero");

    assertThat(ManifestReader.read(endless).violations())
        .extracting(Violation::code)
        .containsExactly("manifest.unreadable");
    assertThat(ManifestReader.places(endless).of(new Violation("/mode", "setting.type", "x")))
        .isEmpty();
  }

  @Test
  void aFileThatIsNoTextHasNoPlaces() throws IOException {
    Path utf16 = folder.resolve("sync.json");
    Files.write(utf16, "{\"mode\": 1}".getBytes(StandardCharsets.UTF_16LE));
    Violation wrong = new Violation("/mode", "setting.type", "x");
    assertThat(ManifestReader.read(utf16).violations())
        .extracting(Violation::pointer)
        .contains("/mode");
    assertThat(ManifestReader.places(utf16).of(wrong)).isEmpty();
    assertThat(ManifestReader.places(folder.resolve("none")).of(wrong)).isEmpty();
    assertThat(ManifestReader.places(folder).of(wrong)).isEmpty();
  }
}
