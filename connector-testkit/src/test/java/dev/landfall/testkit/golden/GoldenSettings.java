package dev.landfall.testkit.golden;

import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a person tells the connector. */
public final class GoldenSettings {

  /** Where the service is. */
  public static final Setting<URI> ADDRESS =
      Setting.url("address", "Address").description("Where the list service is.").required();

  static final Setting<String> CLIENT_ID =
      Setting.text("clientId", "Client ID").description("Who calls.").required();

  /** What proves who calls. */
  public static final Setting<Secret> CLIENT_SECRET =
      Setting.secret("clientSecret", "Client Secret").description("What proves it.").required();

  static final Setting<Duration> TIME_LIMIT =
      Setting.duration("timeLimit", "Time Limit")
          .description("How long one call may take, from the first byte to the last.")
          .between(Duration.ofMillis(100), Duration.ofMinutes(10))
          .orElse(Duration.ofSeconds(30));

  /** The list that members are put into. */
  public static final Setting<String> LIST =
      Setting.text("list", "List")
          .description("The name of the list, which must exist.")
          .required();

  /** How to reach the service. */
  public static final SettingsSpec CONNECTION = connection();

  /** Where members go. */
  public static final SettingsSpec TARGET = SettingsSpec.of(LIST);

  private GoldenSettings() {}

  /** How to reach the service, with some settings more. */
  public static SettingsSpec connection(Setting<?>... more) {
    return SettingsSpec.of(
        Stream.concat(Stream.of(ADDRESS, CLIENT_ID, CLIENT_SECRET, TIME_LIMIT), Arrays.stream(more))
            .toArray(Setting<?>[]::new));
  }
}
