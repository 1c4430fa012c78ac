package dev.landfall.host.manifest;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Choice;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.RowSchema;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An audience connector and a record connector, as far as a manifest sees them. */
final class SampleConnectors {

  enum ObjectType implements Choice {
    GROUP;

    @Override
    public String id() {
      return "group";
    }

    @Override
    public String label() {
      return "Member group";
    }
  }

  static final Setting<URI> API =
      Setting.url("apiBaseUrl", "API Base URL").description("Where the API is.").required();
  static final Setting<String> CLIENT_ID = Setting.text("clientId", "Client ID").required();
  static final Setting<Secret> CLIENT_SECRET =
      Setting.secret("clientSecret", "Client secret").required();
  static final Setting<Duration> TOTAL =
      Setting.duration("totalTimeLimit", "Total time limit")
          .group("Limits")
          .advanced()
          .between(Duration.ofSeconds(1), Duration.ofHours(1))
          .orElse(Duration.ofSeconds(60));
  static final Setting<Long> POOL = Setting.integer("pool", "Pool").between(1L, 16L).orElse(4L);
  static final Setting<Boolean> STRICT = Setting.flag("strict", "Strict").orElse(true);
  static final Setting<Optional<Path>> CERTIFICATE =
      Setting.path("certificate", "Certificate").optional();
  static final Setting<ObjectType> OBJECT_TYPE =
      Setting.select("objectType", "Object type", ObjectType.class).orElse(ObjectType.GROUP);
  static final Setting<String> GROUP =
      Setting.text("group", "Group reference")
          .pattern("[A-Z0-9-]{1,20}", "upper-case letters, digits and hyphens")
          .required();

  static final DestinationDescriptor AUDIENCE =
      DestinationDescriptor.builder("sample", "Sample", "1.2.3")
          .documentation(URI.create("https://sample.example/docs"))
          .connection(
              SettingsSpec.of(API, CLIENT_ID, CLIENT_SECRET, TOTAL, POOL, STRICT, CERTIFICATE)
                  .withRule(
                      s ->
                          s.get(CLIENT_ID).equals("nobody")
                              ? Optional.of(
                                  new Violation("/clientId", "sample.nobody", "Be somebody."))
                              : Optional.empty()))
          .target(SettingsSpec.of(OBJECT_TYPE, GROUP))
          .identity(API, CLIENT_ID, GROUP)
          .modes(AudienceSyncMode.MIRROR, AudienceSyncMode.ADD)
          .field(
              FieldSpec.of("member_id", FieldType.TEXT)
                  .asRequired()
                  .identifiedBy(FieldIdentity.NUMBER)
                  .describedAs("The member's number."))
          .field(FieldSpec.of("note", FieldType.TEXT))
          .defaultFields("member_id")
          .keyField("member_id")
          .batch(1, 50)
          .callsInFlight(8)
          .idempotent(ChangeKind.ADD, ChangeKind.REMOVE)
          .build();

  static final DestinationDescriptor RECORDS =
      DestinationDescriptor.builder("table", "Table", "1.0.0")
          .connection(SettingsSpec.of(Setting.text("url", "URL").required()))
          .target(SettingsSpec.of(Setting.text("table", "Table").required()))
          .modes(RecordSyncMode.INSERT, RecordSyncMode.UPSERT)
          .freeFields()
          .batch(500, 5000)
          .build();

  static final SourceDescriptor SOURCE =
      new SourceDescriptor(
          "case-sync",
          "Case Sync",
          "1.0.0",
          SettingsSpec.of(Setting.integer("a", "A").optional()),
          List.of(
              new SourceDescriptor.Stream(
                  "s",
                  "Something.",
                  new RowSchema(List.of(FieldSpec.of("id", FieldType.TEXT)), List.of("id")),
                  true)));

  /** All of them. */
  static final Connectors ALL =
      new Connectors() {
        @Override
        public Parsed<DestinationDescriptor> destination(String id) {
          return find(id);
        }

        @Override
        public Parsed<SourceDescriptor> source(String id) {
          return id.equals(SOURCE.id()) ? Parsed.of(SOURCE) : Connectors.super.source(id);
        }
      };

  private SampleConnectors() {}

  static Parsed<DestinationDescriptor> find(String id) {
    return switch (id) {
      case "sample" -> Parsed.of(AUDIENCE);
      case "table" -> Parsed.of(RECORDS);
      default -> Parsed.wrong(List.of(new Violation("", "connector.unknown", "No " + id + ".")));
    };
  }
}
