package dev.landfall.host.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.SessionSpec;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.RowSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundManifestTest {

  private static final Map<String, String> SET =
      Map.of("CLIENT_ID", "me", "CLIENT_SECRET", "hunter2");

  @TempDir Path folder;

  @Test
  void aManifestThatFitsIsReadWithoutAnySecret() throws IOException {
    BoundManifest manifest = bind(Manifests.AUDIENCE).orThrow();
    assertThat(manifest.mode()).isEqualTo(AudienceSyncMode.MIRROR);
    assertThat(manifest.batchSize()).isEqualTo(1);
    assertThat(bind(Manifests.with("'delivery': {'batchSize': 50}")).orThrow().batchSize())
        .isEqualTo(50);
  }

  @Test
  void withoutACeilingCallsInFlightFollowTheDestinationAsFarAsTheConnectorBears()
      throws IOException {
    BoundManifest adaptive =
        bind(Manifests.with("'delivery': {'maxInFlight': 'adaptive'}")).orThrow();
    assertThat(adaptive.maxInFlight()).isEqualTo(adaptive.descriptor().callsInFlight());
    assertThat(
            bind(Manifests.with("'delivery': {'maxInFlight': 'adaptive', 'ceiling': 1000}"))
                .violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactly("/delivery/ceiling manifest.in-flight");
  }

  @Test
  void aRecordSyncMayBeReadToo() throws IOException {
    BoundManifest manifest = bind(Manifests.RECORDS).orThrow();
    assertThat(manifest.mode()).isEqualTo(RecordSyncMode.UPSERT);
    assertThat(manifest.batchSize()).isEqualTo(500);
  }

  @Test
  void aRecordSyncWithoutAKeyIsRefusedOnce() throws IOException {
    String manifest = Manifests.RECORDS.replace(",\n  'key': ['event_key']", "");
    assertThat(bind(manifest).violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactly("/key manifest.key-missing");
    assertThat(
            bind(manifest.replace("'mode'", "'mapping': [{'column': 'a', 'field': 'b'}], 'mode'"))
                .violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactly("/key manifest.key-missing");
  }

  @Test
  void secretsComeFromTheEnvironmentWhenTheyAreAskedFor() throws IOException {
    BoundManifest.DestinationSettings settings =
        bind(Manifests.AUDIENCE).orThrow().settings(SET::get).orThrow();
    assertThat(settings.connection().get(SampleConnectors.CLIENT_ID)).isEqualTo("me");
    assertThat(settings.connection().get(SampleConnectors.CLIENT_SECRET).reveal())
        .isEqualTo("hunter2");
    assertThat(settings.target().get(SampleConnectors.GROUP)).isEqualTo("VIP-2026");
    assertThat(settings.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({"'hunter2'", "'hunter2\n'", "'hunter2\r\n'"})
  void aSecretFromAFileLosesItsLineEnd(String content) throws IOException {
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets/client"), content);
    assertThat(
            withSecret("{'file': 'secrets/client'}")
                .settings(SET::get)
                .orThrow()
                .connection()
                .get(SampleConnectors.CLIENT_SECRET)
                .reveal())
        .isEqualTo("hunter2");
  }

  @Test
  void blanksAndFurtherLinesBelongToASecret() throws IOException {
    Files.writeString(folder.resolve("key"), " a\nb \n\n");
    assertThat(
            withSecret("{'file': 'key'}")
                .settings(SET::get)
                .orThrow()
                .connection()
                .get(SampleConnectors.CLIENT_SECRET)
                .reveal())
        .isEqualTo(" a\nb \n");
  }

  @Test
  void referencesThatLeadNowhereAreAllReportedWithTheirPointers() throws IOException {
    List<Violation> violations =
        bind(Manifests.AUDIENCE)
            .orThrow()
            .settings(Map.of("CLIENT_SECRET", "  ")::get)
            .violations();
    assertThat(violations)
        .containsExactly(
            new Violation(
                "/destination/connection/clientId",
                "reference.env-unset",
                "The environment variable CLIENT_ID is not set; set it and start again."),
            new Violation(
                "/destination/connection/clientSecret",
                "reference.env-empty",
                "The environment variable CLIENT_SECRET is empty; set it and start again."));
  }

  @Test
  void aVariableThatLooksLikeASecretIsNotNamed() throws IOException {
    assertThat(withSecret("{'env': 'hunter2'}").settings(SET::get).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.message()).doesNotContain("hunter2").contains("clientSecret"));
  }

  @Test
  void aFileThatGivesNoSecretIsReportedForWhatItIs() throws IOException {
    Files.writeString(folder.resolve("empty"), "\n");
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0x41});
    Files.writeString(folder.resolve("large"), "x".repeat(64 * 1024 + 1));
    Files.createDirectories(folder.resolve("directory"));
    Map<String, String> expected =
        Map.of(
            "absent", "reference.file-missing",
            "empty", "reference.file-empty",
            "binary", "reference.file-encoding",
            "large", "reference.file-too-large",
            "directory", "reference.file-unreadable");
    for (Map.Entry<String, String> file : expected.entrySet()) {
      assertThat(withSecret("{'file': '" + file.getKey() + "'}").settings(SET::get).violations())
          .singleElement()
          .satisfies(
              v -> {
                assertThat(v.pointer()).isEqualTo("/destination/connection/clientSecret");
                assertThat(v.code()).isEqualTo(file.getValue());
              });
    }
  }

  @Test
  void aRuleOverSeveralSettingsIsAskedOnceTheReferencesAreResolved() throws IOException {
    Function<String, String> nobody = Map.of("CLIENT_ID", "nobody", "CLIENT_SECRET", "x")::get;
    assertThat(bind(Manifests.AUDIENCE).orThrow().settings(nobody).violations())
        .containsExactly(
            new Violation("/destination/connection/clientId", "sample.nobody", "Be somebody."));
  }

  @Test
  void aValueOutOfAReferenceIsCheckedAndNotRepeated() throws IOException {
    BoundManifest manifest =
        bind(Manifests.AUDIENCE.replace(
                "'target': {", "'target': {'objectType': {'env': 'CLIENT_SECRET'}, "))
            .orThrow();
    assertThat(manifest.settings(SET::get).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.pointer()).isEqualTo("/destination/target/objectType"))
        .satisfies(v -> assertThat(v.message()).doesNotContain("hunter2"));
  }

  @Test
  void aMappingIsHeldAgainstTheFieldsBeforeAnyColumnIsKnown() throws IOException {
    assertThat(
            bind(Manifests.AUDIENCE.replace(
                    "'mapping': [{'column': 'id', 'field': 'member_id'}]",
                    "'mapping': [{'column': 'id', 'field': 'membr'},"
                        + " {'column': 'a', 'field': 'note'}, {'constant': 'b', 'field': 'note'}]"))
                .violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactly(
            "/mapping/0/field mapping.field-unknown",
            "/mapping/2/field mapping.field-twice",
            "/mapping mapping.key-missing");
  }

  @Test
  void theSettlingTimeIsHeldAgainstTheTimeLimitThatTheManifestSets() throws IOException {
    String longer =
        Manifests.AUDIENCE.replace("'connection': {", "'connection': {'totalTimeLimit': 'PT10M', ");
    assertThat(bind(longer).violations())
        .extracting(v -> v.pointer() + " " + v.message())
        .singleElement()
        .asString()
        .startsWith("/delivery/settle settle must be at least PT20M, twice");
    assertThat(bind(longer.replace("'PT10M'", "{'env': 'LIMIT'}")).violations()).isEmpty();
    assertThat(bind(longer.replace("'PT10M'", "'ten'")).violations())
        .extracting(Violation::code)
        .containsExactly("setting.duration");
  }

  @Test
  void aSessionSpecHoldsReferencesAndAbsolutePathsAndOpensTheSameElsewhere() throws Exception {
    Files.writeString(folder.resolve("client"), "hunter2\n");
    BoundManifest manifest =
        bind(Manifests.AUDIENCE
                .replace("{'env': 'CLIENT_SECRET'}", "{'file': 'client'}")
                .replace("'connection': {", "'connection': {'certificate': 'ca.pem', 'pool': 2, "))
            .orThrow();
    SessionSpec spec =
        roundTrip(
            manifest.sessionSpec(
                new RowSchema(manifest.descriptor().fields(), List.of("member_id"))));
    assertThat(spec.connector()).isEqualTo("sample");
    assertThat(spec.connection())
        .containsEntry("certificate", folder.resolve("ca.pem").toString())
        .containsEntry("pool", 2L)
        .hasEntrySatisfying(
            "clientSecret",
            reference ->
                assertThat(reference)
                    .isEqualTo(Map.of("file", folder.resolve("client").toString())));
    assertThat(spec.fields()).containsEntry("member_id", FieldType.TEXT);
    assertThat(spec.key()).containsExactly("member_id");
    assertThat(
            new References(SET::get, Path.of("/elsewhere"))
                .read(
                    SampleConnectors.AUDIENCE.connection(),
                    spec.connection(),
                    SampleConnectors.AUDIENCE.connection()::connection)
                .orThrow()
                .get(SampleConnectors.CLIENT_SECRET)
                .reveal())
        .isEqualTo("hunter2");
  }

  @Test
  void aDatabaseIsResolvedOnlyWhenItIsAskedFor() throws IOException {
    SourceSection.Sql source =
        (SourceSection.Sql)
            bind(Manifests.AUDIENCE.replace(
                    "'type': 'file', 'path': 'samples/vip.csv'",
                    "'type': 'sql', 'url': 'jdbc:x:', 'password': {'env': 'CLIENT_SECRET'},"
                        + " 'query': 'select 1'"))
                .orThrow()
                .manifest()
                .source();
    SourceSection.Database database = source.resolve(new References(SET::get, folder)).orThrow();
    assertThat(database.password().reveal()).isEqualTo("hunter2");
    assertThat(database.user()).isNull();
    assertThat(source.resolve(new References(name -> null, folder)).violations())
        .extracting(Violation::pointer)
        .containsExactly("/source/password");
  }

  private BoundManifest withSecret(String reference) throws IOException {
    return bind(Manifests.AUDIENCE.replace("{'env': 'CLIENT_SECRET'}", reference)).orThrow();
  }

  private Parsed<BoundManifest> bind(String text) throws IOException {
    return ManifestReader.read(Manifests.write(folder, text), SampleConnectors::find);
  }

  private static SessionSpec roundTrip(SessionSpec spec) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    }
    assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (SessionSpec) in.readObject();
    }
  }
}
