package com.example.acme;

import static com.example.acme.AcmeSession.problem;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Mailing lists of Acme Mail, which takes up to 10,000 ids a call and applies them later. */
public final class AcmeDestination implements Destination {
  static final Setting<URI> URL =
      Setting.url("url", "URL").description("The address of your account.").required();
  static final Setting<Secret> API_KEY =
      Setting.secret("apiKey", "API key").description("From Account > Keys.").required();
  static final Setting<Duration> TIME_LIMIT =
      Setting.duration("timeLimit", "Time limit")
          .description("How long one call may take in all.")
          .advanced()
          .orElse(Duration.ofSeconds(60));
  static final Setting<String> LIST =
      Setting.text("list", "List").description("The list's name.").required();

  private static final DestinationDescriptor DESCRIPTOR =
      DestinationDescriptor.builder("acme-mail", "Acme Mail", "1.0.0")
          .connection(SettingsSpec.of(URL, API_KEY, TIME_LIMIT))
          .target(SettingsSpec.of(LIST))
          .identity(URL, LIST)
          .modes(AudienceSyncMode.ADD, AudienceSyncMode.REMOVE, AudienceSyncMode.MIRROR)
          .field(FieldSpec.of("id", FieldType.TEXT).asRequired())
          .keyField("id")
          .batch(10_000, 10_000)
          .callsInFlight(4)
          .idempotent(ChangeKind.ADD, ChangeKind.REMOVE)
          .build();

  @Override
  public DestinationDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public CheckReport check(CheckRequest request) {
    try (AcmeHttp http = new AcmeHttp(request.connection(), request.context())) {
      AcmeHttp.Answer answer = http.get(AcmeHttp.list(request.target()));
      return new CheckReport(
          List.of(
              answer.status() == 200 && answer.body().equals("list")
                  ? Item.passed("list", "It exists, and the key may see it.")
                  : answer.status() < 400
                      ? Item.unverified("list", "The answer is none of Acme Mail's.")
                      : Item.failed("list", problem(answer.status()))));
    } catch (IOException e) {
      return new CheckReport(List.of(Item.unverified("list", "There was no answer.")));
    }
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    if (!DESCRIPTOR.modes().contains(request.mode())) {
      throw new ConnectorException(problem(ProblemKind.CONFIGURATION, "mode"));
    }
    return new AcmeSession(request);
  }
}
