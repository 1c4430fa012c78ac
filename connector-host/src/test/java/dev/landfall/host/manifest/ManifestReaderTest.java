package dev.landfall.host.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

  @TempDir Path folder;

  @Test
  void aManifestIsReadWithTheDefaultsOfWhatItLeavesOut() throws IOException {
    SyncManifest manifest = read(Manifests.AUDIENCE).orThrow();
    assertThat(manifest.name()).isEqualTo("vip-members");
    assertThat(manifest.source())
        .isEqualTo(new SourceSection.File(folder.resolve("samples/vip.csv"), null));
    assertThat(manifest.destination().connector()).isEqualTo("sample");
    assertThat(manifest.mode()).isEqualTo("mirror");
    assertThat(manifest.key()).isEmpty();
    assertThat(manifest.mapping()).containsExactly(new FieldMapping.Column("id", "member_id"));
    assertThat(manifest.delivery())
        .isEqualTo(
            new SyncManifest.Delivery(
                false, 1, null, null, 3, Duration.ofMinutes(15), Duration.ofMinutes(2), 1000));
    assertThat(manifest.removals()).isEqualTo(new SyncManifest.Removals(20, 10, null));
    assertThat(manifest.rejected()).isEqualTo(new SyncManifest.Rejected(Duration.ofDays(1)));
    assertThat(manifest.folder()).isEqualTo(folder);
  }

  @Test
  void callsInFlightMayFollowTheDestinationUpToACeiling() throws IOException {
    SyncManifest.Delivery adaptive =
        read(Manifests.with("'delivery': {'maxInFlight': 'adaptive', 'ceiling': 12}"))
            .orThrow()
            .delivery();
    assertThat(adaptive.adaptive()).isTrue();
    assertThat(adaptive.maxInFlight()).isEqualTo(12);
    assertThat(
            read(Manifests.with("'delivery': {'maxInFlight': 'adaptiv', 'ceiling': 12}"))
                .violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactly(
            "/delivery/maxInFlight manifest.in-flight-word", "/delivery/ceiling manifest.ceiling");
  }

  @Test
  void everyKnobIsRead() throws IOException {
    SyncManifest manifest =
        read(Manifests.with(
                """
                    'delivery': {'maxInFlight': 8, 'batchSize': 20, 'requestsPerSecond': 5,
                                 'attempts': 5, 'settle': 'PT30M', 'window': 50},
                    'removals': {'maxPercent': 5, 'maxCount': 0, 'window': 'P1D'},
                    'rejected': {'retryAfter': 'PT0S'}"""))
            .orThrow();
    assertThat(manifest.delivery())
        .isEqualTo(
            new SyncManifest.Delivery(
                false, 8, 20, 5, 5, Duration.ofMinutes(30), Duration.ofMinutes(2), 50));
    assertThat(manifest.removals()).isEqualTo(new SyncManifest.Removals(5, 0, Duration.ofDays(1)));
    assertThat(manifest.rejected()).isEqualTo(new SyncManifest.Rejected(Duration.ZERO));
  }

  @Test
  void aMappingMayBeAConstant() throws IOException {
    SyncManifest manifest =
        read(Manifests.AUDIENCE.replace(
                "'mapping': [",
                "'mapping': [{'constant': 'from the warehouse', 'field': 'note'}, "))
            .orThrow();
    assertThat(manifest.mapping())
        .containsExactly(
            new FieldMapping.Constant("from the warehouse", "note"),
            new FieldMapping.Column("id", "member_id"));
  }

  @Test
  void aSourceMayBeAQueryOrAStream() throws IOException {
    assertThat(
            read(withSource(
                    "'type': 'sql', 'url': 'jdbc:postgresql://db/w', 'user': {'env': 'U'},"
                        + " 'password': {'file': 'p'}, 'query': 'select 1'"))
                .orThrow()
                .source())
        .isInstanceOf(SourceSection.Sql.class);
    SourceSection stream =
        read(withSource(
                "'type': 'connector', 'connector': 'case-sync', 'stream': 'cases',"
                    + " 'settings': {'folder': 'in'}"))
            .orThrow()
            .source();
    assertThat(stream).isInstanceOf(SourceSection.Connector.class);
    assertThat(((SourceSection.Connector) stream).settings()).containsEntry("folder", "in");
  }

  @Test
  void everythingThatIsWrongIsFoundAtOnceWithItsPointer() throws IOException {
    String manifest =
        """
        {
          'name': 'VIP Members',
          'sorce': {},
          'source': {'type': 'file', 'pth': 'a.csv'},
          'destination': {
            'connector': 'sample',
            'conection': {},
            'connection': {'apiBaseUrl': 'http://api.sample.example', 'clientSecret': 'hunter2',
                           'clientId': {'environment': 'X'}, 'pool': 99, 'strict': {'env': 'S'}},
            'target': {'group': 'vip', 'objectType': 'groop'}
          },
          'mode': 'remove',
          'key': ['id', 'id', 7],
          'mapping': [{'column': 'id', 'constant': 'x', 'field': 'member_id'}, 'id'],
          'delivery': {'maxInFlight': 9, 'batchSize': 51, 'settle': 'PT1M', 'attempts': 3},
          'removals': {'maxPercent': '20'},
          'rejected': []
        }
        """;
    assertThat(bind(manifest).violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactlyInAnyOrder(
            "/name setting.pattern",
            "/sorce setting.unknown",
            "/source/path setting.missing",
            "/source/pth setting.unknown",
            "/destination/conection setting.unknown",
            "/destination/connection/apiBaseUrl setting.insecure-url",
            "/destination/connection/clientSecret setting.secret-in-plain-text",
            "/destination/connection/clientId reference.malformed",
            "/destination/connection/pool setting.range",
            "/destination/connection/strict setting.type",
            "/destination/target/group setting.pattern",
            "/destination/target/objectType setting.choice",
            "/mode manifest.mode",
            "/key/1 manifest.key-twice",
            "/key/2 manifest.type",
            "/key manifest.key-fixed",
            "/mapping/0 manifest.mapping",
            "/mapping/1 manifest.type",
            "/delivery/maxInFlight manifest.in-flight",
            "/delivery/batchSize manifest.batch-size",
            "/delivery/settle manifest.settle-too-short",
            "/removals/maxPercent setting.type",
            "/rejected manifest.type");
  }

  @Test
  void anEmptyObjectLacksWhatAManifestNeeds() throws IOException {
    assertThat(read("{}").violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactlyInAnyOrder(
            "/name setting.missing",
            "/mode setting.missing",
            "/source manifest.missing",
            "/destination manifest.missing");
  }

  @Test
  void aMisspeltSectionOfASourceIsAnsweredWithTheNearestOne() throws IOException {
    assertThat(
            read(withSource(
                    "'type': 'connector', 'connector': 'case-sync', 'stream': 's', 'setings': {}"))
                .violations())
        .singleElement()
        .extracting(Violation::message)
        .isEqualTo("There is no setting \"setings\" here. Did you mean \"settings\"?");
  }

  @Test
  void aMisspeltModeOrFieldIsAnsweredWithTheNearestOne() throws IOException {
    assertThat(read(Manifests.AUDIENCE.replace("'mirror'", "'miror'")).violations())
        .singleElement()
        .extracting(Violation::message)
        .asString()
        .startsWith("Mode (mode) must be one of \"add\", ")
        .endsWith(". Did you mean \"mirror\"?");
    assertThat(
            bind(Manifests.AUDIENCE.replace("'field': 'member_id'", "'field': 'membr_id'"))
                .violations())
        .extracting(Violation::message)
        .contains("The destination has no field \"membr_id\". Did you mean \"member_id\"?");
  }

  @Test
  void aMisspeltNameIsAnsweredWithTheNearestOne() throws IOException {
    assertThat(read(Manifests.with("'removal': {}, 'delivery': {'maxInflght': 1}")).violations())
        .extracting(Violation::message)
        .containsExactly(
            "There is no setting \"removal\" here. Did you mean \"removals\"?",
            "There is no setting \"maxInflght\" here. Did you mean \"maxInFlight\"?");
  }

  @Test
  void aConnectorThatIsNotThereIsReportedWhereItStands() throws IOException {
    assertThat(bind(Manifests.AUDIENCE.replace("'sample'", "'smaple'")).violations())
        .containsExactly(
            new Violation("/destination/connector", "connector.unknown", "No smaple."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "..", "a/b", "a\\\\b", "VIP", ".vip", "-vip", "con", "lpt1", "a b", "ü", "a.b"
      })
  void aNameThatIsNotSafeForAFolderIsRefused(String name) throws IOException {
    assertThat(read(Manifests.AUDIENCE.replace("vip-members", name)).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.pointer()).isEqualTo("/name"));
  }

  @Test
  void aNameThatStandsTwiceIsFoundEachTime() throws IOException {
    String manifest =
        Manifests.AUDIENCE
            .replace("'mode': 'mirror',", "'mode': 'mirror',\n  'mode': 'add',")
            .replace("'target': {", "'target': {'group': 'OTHER', ");
    assertThat(read(manifest).violations())
        .extracting(Violation::pointer, Violation::code)
        .containsExactlyInAnyOrder(
            tuple("/mode", "manifest.duplicate"),
            tuple("/destination/target/group", "manifest.duplicate"));
    assertThat(read(manifest).violations().get(1).message())
        .isEqualTo("\"mode\" stands here twice, again at line 12, column 3; keep one of them.");
  }

  @Test
  void aSectionThatStandsTwiceIsFoundToo() throws IOException {
    assertThat(read(Manifests.with("'removals': {}, 'removals': {'a': [1, {}]}")).violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactly("/removals manifest.duplicate");
  }

  @Test
  void nullIsRefusedWhereItStands() throws IOException {
    assertThat(read(Manifests.with("'removals': {'window': null}, 'key': [null]")).violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .contains("/removals/window manifest.null", "/key/0 manifest.null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name': 'a',\n 'clientSecret': hunter2}",
        "{'name': 'a',\n 'clientSecret': 'hunter2\n'}",
        "{'name': 'a',\n 'clientSecret': 'hunter2' 'x'}",
        "{'name': 'a',\n 'clientSecret': 'hunter2'",
        "{'name': 'a',\n 'clientSecret': '\\hunter2'}",
        "{'name': 'a',\n hunter2: 1}",
        "{'name': 'a'}\n hunter2"
      })
  void aSyntaxErrorSaysTheLineAndRepeatsNothing(String text) throws IOException {
    List<Violation> violations = read(text).violations();
    assertThat(violations)
        .filteredOn(v -> v.code().equals("manifest.syntax"))
        .singleElement()
        .satisfies(
            v -> assertThat(v.message()).contains("line 2, column").doesNotContain("hunter2"));
    assertThat(violations.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "'hunter2'", "7"})
  void whatIsNoObjectIsNoManifest(String text) throws IOException {
    assertThat(read(text).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.code()).isEqualTo("manifest.type"))
        .satisfies(v -> assertThat(v.message()).doesNotContain("hunter2"));
  }

  @Test
  void aSecretInPlainTextIsRefusedWithTheWayToWriteItAndNeverRepeated() throws IOException {
    List<Violation> violations =
        bind(Manifests.AUDIENCE.replace("{'env': 'CLIENT_SECRET'}", "'hunter2'")).violations();
    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).message())
        .contains("{\"env\": \"NAME\"}", "{\"file\": \"path\"}")
        .doesNotContain("hunter2");
  }

  @Test
  void aPasswordInAJdbcUrlIsRefused() throws IOException {
    for (String url :
        List.of(
            "jdbc:x://db/w?user=a&PASSWORD=hunter2",
            "jdbc:x://db;pwd=hunter2",
            "jdbc:x://a:hunter2@db/w",
            "jdbc:oracle:thin:a/hunter2@//db:1521/w")) {
      List<Violation> violations =
          read(withSource("'type': 'sql', 'url': '" + url + "', 'query': 'q'")).violations();
      assertThat(violations).hasSize(1);
      assertThat(violations.get(0).message()).contains("\"password\"").doesNotContain("hunter2");
    }
  }

  @Test
  void aSecretWhereAReferenceNamesAVariableIsNotRepeated() throws IOException {
    List<Violation> violations =
        bind(Manifests.AUDIENCE.replace("'CLIENT_SECRET'", "'hunter2!'")).violations();
    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).code()).isEqualTo("reference.malformed");
    assertThat(violations.toString()).doesNotContain("hunter2");
  }

  @Test
  void aWholeNumberMayBeWrittenAsJsonLikes() throws IOException {
    assertThat(
            read(Manifests.with("'removals': {'maxCount': 2.0e1}")).orThrow().removals().maxCount())
        .isEqualTo(20);
    assertThat(read(Manifests.with("'removals': {'maxCount': 2.5}")).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.code()).isEqualTo("setting.type"));
    assertThat(read(Manifests.with("'removals': {'maxCount': 1e999999999}")).violations())
        .hasSize(1);
  }

  @Test
  void aFileThatIsNotThereIsAViolation() {
    assertThat(ManifestReader.read(folder.resolve("none.json")).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.message()).contains("none.json does not exist"));
    assertThat(ManifestReader.read(folder).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.code()).isEqualTo("manifest.unreadable"));
  }

  @Test
  void aFileOfAnotherSizeThanAManifestsIsNotRead() throws IOException {
    assertThat(read("{}" + " ".repeat(1024 * 1024)).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.message()).contains("larger than 1 MiB"));
  }

  @Test
  void theCanonicalFormIsTheSameForTwoSpellings() throws IOException {
    String other =
        """
        {'mode': 'mirror',
         'mapping': [{'field': 'member_id', 'column': 'id'}],
         'delivery': {'maxInFlight': 4},
         'destination': {'target': {'group': 'VIP-2026'}, 'connector': 'sample',
           'connection': {'clientSecret': {'env': 'CLIENT_SECRET'},
             'clientId': {'env': 'CLIENT_ID'}, 'apiBaseUrl': 'https://api.sample.example'}},
         'source': {'path': 'samples/vip.csv', 'type': 'file'},
         'name': 'vip-members'}
        """;
    String canonical = read(Manifests.AUDIENCE).orThrow().canonicalJson();
    assertThat(read(other).orThrow().canonicalJson()).isEqualTo(canonical);
    assertThat(canonical)
        .startsWith("{\"destination\":{\"connection\":{\"apiBaseUrl\":")
        .contains("{\"env\":\"CLIENT_SECRET\"}")
        .doesNotContain("delivery", "schema");
    assertThat(read(Manifests.with("'removals': {'maxCount': 11}")).orThrow().canonicalJson())
        .isNotEqualTo(canonical);
  }

  private Parsed<SyncManifest> read(String text) throws IOException {
    return ManifestReader.read(Manifests.write(folder, text));
  }

  private Parsed<BoundManifest> bind(String text) throws IOException {
    return ManifestReader.read(Manifests.write(folder, text), SampleConnectors::find);
  }

  private static String withSource(String members) {
    return Manifests.AUDIENCE.replace("'type': 'file', 'path': 'samples/vip.csv'", members);
  }
}
