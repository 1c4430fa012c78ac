package ${package};

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Puts members into groups of ${name}, and takes them out. */
public final class ${name}Destination implements Destination {
  static final Setting<URI> URL =
      Setting.url("url", "URL").description("The address of your account.").required();
  static final Setting<Secret> API_KEY =
      Setting.secret("apiKey", "API key").description("What opens your account.").required();
  static final Setting<Duration> TIME_LIMIT =
      Setting.duration("timeLimit", "Time limit")
          .description("How long one call may take in all.")
          .advanced()
          .orElse(Duration.ofSeconds(60));
  static final Setting<String> GROUP =
      Setting.text("group", "Group").description("The group's name.").required();

  private static final DestinationDescriptor DESCRIPTOR =
      DestinationDescriptor.builder("${artifactId}", "${name}", "${version}")
          .connection(SettingsSpec.of(URL, API_KEY, TIME_LIMIT))
          .target(SettingsSpec.of(GROUP))
          .identity(URL, GROUP)
          .modes(AudienceSyncMode.ADD, AudienceSyncMode.REMOVE, AudienceSyncMode.MIRROR)
          .field(FieldSpec.of("id", FieldType.TEXT).asRequired().describedAs("Who it is."))
          .keyField("id")
          .build();

  @Override
  public DestinationDescriptor descriptor() {
    return DESCRIPTOR;
  }

  /** Asks the system whether a sync would work. Until then, nothing can be told. */
  @Override
  public CheckReport check(CheckRequest request) {
    return new CheckReport(
        List.of(CheckReport.Item.unverified("group", "This check is not written yet.")));
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    if (!DESCRIPTOR.modes().contains(request.mode())) {
      throw new ConnectorException(
          new Problem(
              ProblemKind.CONFIGURATION,
              "${artifactId}.mode",
              "${name} has no such mode.",
              "Choose one of the modes that landfall connectors ${artifactId} lists."));
    }
    return new ${name}Session(request);
  }
}
