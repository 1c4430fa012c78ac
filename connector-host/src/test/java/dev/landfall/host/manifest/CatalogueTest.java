package dev.landfall.host.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.erosb.jsonsKema.JsonParser;
import com.github.erosb.jsonsKema.JsonValue;
import com.github.erosb.jsonsKema.SchemaLoader;
import com.github.erosb.jsonsKema.SchemaLoaderConfig;
import com.github.erosb.jsonsKema.Validator;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema and the reader are made of one declaration; two independent validators judge. */
class CatalogueTest {

  private static final Path MANIFESTS = Path.of("..", "manifests");
  private static final Path SYNC_SCHEMA = MANIFESTS.resolve("schema/sync.schema.json");
  private static final String REGENERATE = "landfall.regenerate";

  private static final String MANIFESTS_AT = "https://manifests.example/";
  private static final String SCHEMA_AT = MANIFESTS_AT + "schema/sync.schema.json";
  private static final Map<String, String> DOCUMENTS =
      Map.of(
          SCHEMA_AT,
          Catalogue.syncSchema(List.of("sample", "table"), List.of("case-sync")),
          MANIFESTS_AT + "connectors/sample.json",
          Catalogue.entry(SampleConnectors.AUDIENCE),
          MANIFESTS_AT + "connectors/table.json",
          Catalogue.entry(SampleConnectors.RECORDS),
          MANIFESTS_AT + "sources/case-sync.json",
          Catalogue.entry(SampleConnectors.SOURCE));

  private static final Schema VALIDATOR = validator();
  private static final Validator OTHER_VALIDATOR = otherValidator();

  @TempDir Path folder;

  @Test
  void theCommittedSchemaIsTheGeneratedOne() throws IOException {
    String generated =
        Catalogue.syncSchema(
            idsIn(MANIFESTS.resolve("connectors")), idsIn(MANIFESTS.resolve("sources")));
    if (Boolean.getBoolean(REGENERATE)) {
      Files.createDirectories(SYNC_SCHEMA.getParent());
      Files.writeString(SYNC_SCHEMA, generated);
    }
    assertThat(SYNC_SCHEMA)
        .as(
            "Generate it again and commit it: mvn -B test -pl connector-host -am"
                + " -Dtest=CatalogueTest -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            REGENERATE)
        .exists()
        .hasContent(generated);
  }

  @Test
  void generatingTwiceGivesTheSameBytes() {
    assertThat(Catalogue.entry(SampleConnectors.AUDIENCE))
        .isEqualTo(Catalogue.entry(SampleConnectors.AUDIENCE))
        .endsWith("}\n")
        .doesNotContain("\r");
    assertThat(Catalogue.syncSchema(List.of("b", "a"), List.of("d", "c")))
        .isEqualTo(Catalogue.syncSchema(List.of("a", "b"), List.of("c", "d")));
  }

  @Test
  void anEntrySaysWhatTheConnectorIs() {
    assertThat(Catalogue.entry(SampleConnectors.AUDIENCE))
        .startsWith(
            """
            {
              "connector": "sample",
              "name": "Sample",
              "version": "1.2.3",
              "documentation": "https://sample.example/docs",
              "connection": {
                "title": "Connection",
                "type": "object",
                "properties": {
                  "apiBaseUrl": {
                    "title": "API Base URL",
                    "description": "Where the API is.",
            """)
        .contains("\"x-group\": \"Limits\"", "\"x-advanced\": true", "\"default\": \"PT1M\"")
        .contains("\"enumDescriptions\"", "\"identity\": \"number\"", "\"largest\": 50");
  }

  @Test
  void anEntryOfASourceSaysWhatCanBeRead() {
    assertThat(Catalogue.entry(SampleConnectors.SOURCE))
        .isEqualTo(Catalogue.entry(SampleConnectors.SOURCE))
        .startsWith(
            """
            {
              "connector": "case-sync",
              "name": "Case Sync",
              "version": "1.0.0",
              "settings": {
                "title": "Settings",
            """)
        .contains("\"Something.\"", "\"incremental\": true");
  }

  /** What is wrong in a way that JSON Schema can say; whether it is right; its name. */
  static Stream<Example> examples() {
    String good = Manifests.AUDIENCE;
    return Stream.of(
        right("the audience sync", good),
        right("the record sync", Manifests.RECORDS),
        right(
            "every knob",
            Manifests.with(
                "'delivery': {'maxInFlight': 8, 'settle': 'P1DT2H', 'batchSize': 50},"
                    + " 'removals': {'window': 'P1D', 'maxPercent': 100}, 'rejected': {}")),
        right("a number as JSON likes it", Manifests.with("'removals': {'maxCount': 2.0e1}")),
        right("a constant", good.replace("'column': 'id'", "'constant': 'x'")),
        right(
            "no mapping",
            good.replace(",\n  'mapping': [{'column': 'id', 'field': 'member_id'}]", "")),
        right(
            "plain http on this machine",
            good.replace("https://api.sample.example", "http://127.0.0.1:8080/api")),
        right(
            "a URL out of a reference",
            good.replace("'https://api.sample.example'", "{'env': 'API'}")),
        right(
            "a query over JDBC",
            source(
                "'type': 'sql', 'url': 'jdbc:x:', 'query': 'q', 'user': {'env': 'U'}, 'password': {'file': 'p'}")),
        right(
            "a stream",
            source(
                "'type': 'connector', 'connector': 'case-sync', 'stream': 's', 'settings': {'a': 1}, 'query': 'q'")),
        right(
            "a stream without settings",
            source("'type': 'connector', 'connector': 'case-sync', 'stream': 's'")),
        wrong("no name", good.replace("'name': 'vip-members',", "")),
        wrong("an unsafe name", good.replace("vip-members", "../vip")),
        wrong("a reserved name", good.replace("vip-members", "nul")),
        wrong(
            "no source",
            good.replace("'source': {'type': 'file', 'path': 'samples/vip.csv'},", "")),
        wrong("a source without a type", source("'path': 'a.csv'")),
        wrong("an unknown type of source", source("'type': 'ftp', 'path': 'a.csv'")),
        wrong("a file without a path", source("'type': 'file'")),
        wrong(
            "a file with another source's setting",
            source("'type': 'file', 'path': 'a', 'url': 'jdbc:x:'")),
        wrong(
            "a password in plain text",
            source("'type': 'sql', 'url': 'jdbc:x:', 'query': 'q', 'password': 'p'")),
        wrong("no JDBC URL", source("'type': 'sql', 'url': 'https://db', 'query': 'q'")),
        wrong(
            "settings of a stream that are no object",
            source("'type': 'connector', 'connector': 'c', 'stream': 's', 'settings': []")),
        wrong(
            "a setting of a stream that its connector does not know",
            source(
                "'type': 'connector', 'connector': 'case-sync', 'stream': 's', 'settings': {'b': 1}")),
        wrong(
            "a stream there is not",
            source("'type': 'connector', 'connector': 'case-sync', 'stream': 't'")),
        wrong("no connector", good.replace("'connector': 'sample',", "")),
        wrong("a connector's id in upper case", good.replace("'sample'", "'Sample'")),
        wrong("a secret in plain text", good.replace("{'env': 'CLIENT_SECRET'}", "'hunter2'")),
        wrong(
            "a reference with two ends",
            good.replace("{'env': 'CLIENT_SECRET'}", "{'env': 'A', 'file': 'b'}")),
        wrong("a reference to nothing", good.replace("'CLIENT_SECRET'", "''")),
        wrong("plain http to a far host", good.replace("https://", "http://")),
        wrong("a URL with a user", good.replace("https://", "https://me@")),
        wrong(
            "a connection without its URL",
            good.replace("'apiBaseUrl': 'https://api.sample.example',", "")),
        wrong("an unknown setting", good.replace("'target': {", "'target': {'grup': 'x', ")),
        wrong(
            "a choice there is not", good.replace("'target': {", "'target': {'objectType': 'x', ")),
        wrong(
            "a reference in place of a number",
            good.replace("'connection': {", "'connection': {'pool': {'env': 'P'}, ")),
        wrong(
            "a number out of its range",
            good.replace("'connection': {", "'connection': {'pool': 17, ")),
        wrong(
            "a flag in quotes",
            good.replace("'connection': {", "'connection': {'strict': 'true', ")),
        wrong("an unknown mode", good.replace("'mirror'", "'mirorr'")),
        wrong("an empty mapping", good.replace("[{'column': 'id', 'field': 'member_id'}]", "[]")),
        wrong(
            "a mapping of both kinds",
            good.replace("'column': 'id'", "'column': 'id', 'constant': 'x'")),
        wrong("a mapping of neither kind", good.replace("'column': 'id', ", "")),
        wrong("a key that stands twice", Manifests.RECORDS.replace("['event_key']", "['a', 'a']")),
        wrong("a key that is no list", Manifests.RECORDS.replace("['event_key']", "'event_key'")),
        wrong("a duration in words", Manifests.with("'delivery': {'settle': '15 minutes'}")),
        wrong("half a duration", Manifests.with("'delivery': {'settle': 'PT'}")),
        wrong("too many attempts", Manifests.with("'delivery': {'attempts': 101}")),
        wrong("half a removal", Manifests.with("'removals': {'maxCount': 2.5}")),
        wrong("a null", Manifests.with("'removals': {'window': null}")),
        wrong("an unknown section", Manifests.with("'removal': {}")),
        wrong("no object", "[]"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theReaderAndTwoIndependentValidatorsOfTheSchemaAgree(Example example) throws IOException {
    Path file = Manifests.write(folder, example.text());
    assertThat(ManifestReader.read(file, SampleConnectors.ALL).violations().isEmpty())
        .as("the reader takes it")
        .isEqualTo(example.right());
    assertThat(VALIDATOR.validate(Files.readString(file), InputFormat.JSON).isEmpty())
        .as("the schema takes it")
        .isEqualTo(example.right());
    assertThat(OTHER_VALIDATOR.validate(new JsonParser(Files.readString(file)).parse()) == null)
        .as("the schema takes it, as another validator understands it")
        .isEqualTo(example.right());
  }

  @Test
  void anEditorHasADescriptionForEveryMemberAndAWordOrAnExampleForEveryValue() {
    JsonNode schema =
        JsonMapper.shared().readTree(Catalogue.syncSchema(List.of("sample"), List.of("case-sync")));
    List<String> members = new ArrayList<>();
    lookAtMembers(schema, "", members);
    assertThat(members).contains("/source/oneOf/1/password", "/delivery/settle", "/mode");
    assertThat(schema.at("/properties/mode/enumDescriptions"))
        .hasSameSizeAs(schema.at("/properties/mode/enum"));
  }

  private static void lookAtMembers(JsonNode schema, String at, List<String> members) {
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      String here = at + "/" + member.getKey();
      JsonNode value = member.getValue();
      assertThat(value.path("description").asString("")).as(here).endsWith(".");
      assertThat(
              Stream.of("enum", "const", "default", "examples", "properties", "items", "oneOf")
                      .anyMatch(value::has)
                  || value.path("type").asString("").equals("object")
                  || value.has("$ref"))
          .as(here + " says what may stand there")
          .isTrue();
      members.add(here);
      lookAtMembers(value, here, members);
      lookAtMembers(value.path("items"), here + "/items", members);
      for (int i = 0; i < value.path("oneOf").size(); i++) {
        lookAtMembers(value.path("oneOf").get(i), here + "/oneOf/" + i, members);
      }
    }
  }

  @Test
  void theSchemasOwnExampleIsRightInItsForm() throws IOException {
    String example = JsonWriter.pretty(SyncSchema.example());
    Path file = Files.writeString(folder.resolve("example.json"), example);
    assertThat(ManifestReader.read(file).violations()).isEmpty();
    assertThat(VALIDATOR.validate(example, InputFormat.JSON)).isEmpty();
  }

  /** At addresses that lie to each other as the files of the repository do. */
  private static Schema validator() {
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(DOCUMENTS))
        .getSchema(SchemaLocation.of(SCHEMA_AT));
  }

  private static Validator otherValidator() {
    Map<URI, String> documents = new HashMap<>();
    DOCUMENTS.forEach((at, text) -> documents.put(URI.create(at), text));
    JsonValue schema = new JsonParser(DOCUMENTS.get(SCHEMA_AT), URI.create(SCHEMA_AT)).parse();
    SchemaLoaderConfig config = SchemaLoaderConfig.createDefaultConfig(documents);
    return Validator.forSchema(new SchemaLoader(schema, config).load());
  }

  private static List<String> idsIn(Path connectors) throws IOException {
    if (!Files.isDirectory(connectors)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(connectors)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .toList();
    }
  }

  record Example(String name, String text, boolean right) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Example right(String name, String text) {
    return new Example(name, text, true);
  }

  private static Example wrong(String name, String text) {
    return new Example(name, text, false);
  }

  private static String source(String members) {
    return Manifests.AUDIENCE.replace("'type': 'file', 'path': 'samples/vip.csv'", members);
  }
}
