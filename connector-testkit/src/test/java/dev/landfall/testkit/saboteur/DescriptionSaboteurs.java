package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.describing;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Wrong before anything is delivered: D-1 and D-2. */
final class DescriptionSaboteurs {

  private static final AtomicInteger ASKED = new AtomicInteger();

  private static final Setting<String> NOT_DESCRIBED = Setting.text("note", "Note").orElse("");

  private static final Setting<String> PASSWORD_IN_PLAIN_SIGHT =
      Setting.text("proxyPassword", "Proxy Password")
          .description("What the proxy asks for.")
          .orElse("");

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "starts a thread in its constructor",
              "no thread of a connector that was only made",
              "D-1.4 D-8.4",
              StartsAThread::new),
          Saboteur.of(
              "describes itself anew at each call",
              "an equal descriptor",
              "D-1.5",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationDescriptor descriptor() {
                      return describe("golden")
                          .documentation(
                              URI.create("https://golden.example/" + ASKED.incrementAndGet()))
                          .build();
                    }
                  }),
          Saboteur.of(
              "throws in a rule over settings",
              "validation threw java.lang.StringIndexOutOfBoundsException",
              "D-2.1",
              describing(
                  builder ->
                      builder.target(
                          GoldenSettings.TARGET.withRule(DescriptionSaboteurs::shortNamesThrow)))),
          Saboteur.of(
              "points to a setting that does not exist",
              "a violation points to /group",
              "D-2.1",
              describing(
                  builder ->
                      builder.target(
                          GoldenSettings.TARGET.withRule(DescriptionSaboteurs::pointsNowhere)))),
          Saboteur.of(
              "connects while settings are read",
              "no call while settings are read",
              "D-2.2 D-4.3 D-7.13",
              describing(
                  builder ->
                      builder.connection(
                          GoldenSettings.CONNECTION.withRule(DescriptionSaboteurs::connects)))),
          Saboteur.of(
              "has a setting without a description",
              "a label and a description for note",
              "D-2.3",
              describing(
                  builder -> builder.target(SettingsSpec.of(GoldenSettings.LIST, NOT_DESCRIBED)))),
          Saboteur.of(
              "declares a password as text",
              "proxyPassword to be declared as a secret",
              "D-2.4",
              describing(
                  builder ->
                      builder.target(
                          SettingsSpec.of(GoldenSettings.LIST, PASSWORD_IN_PLAIN_SIGHT)))),
          Saboteur.of(
              "names no identity",
              "two syncs with two targets would share a ledger",
              "D-2.5",
              describing(DestinationDescriptor.Builder::identity)));

  private DescriptionSaboteurs() {}

  private static Optional<Violation> shortNamesThrow(Settings settings) {
    return settings.get(GoldenSettings.LIST).charAt(2) == '!'
        ? Optional.of(new Violation("/list", "saboteur.list", "The list is loud."))
        : Optional.empty();
  }

  private static Optional<Violation> pointsNowhere(Settings settings) {
    return settings.get(GoldenSettings.LIST).length() < 2
        ? Optional.of(new Violation("/group", "saboteur.list", "The list's name is too short."))
        : Optional.empty();
  }

  private static Optional<Violation> connects(Settings settings) {
    try {
      URI address = settings.get(GoldenSettings.ADDRESS);
      HttpURLConnection connection =
          (HttpURLConnection) address.resolve("/").toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(1_000);
      return connection.getResponseCode() == 0
          ? Optional.of(new Violation("/address", "saboteur.address", "Nobody is there."))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The thread goes on for a while, and not for the life of the tests. */
  private static final class StartsAThread extends GoldenDestination {
    StartsAThread() {
      Thread thread =
          new Thread(
              () -> {
                try {
                  boolean unused = new CountDownLatch(1).await(3, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "saboteur");
      thread.setDaemon(true);
      thread.start();
    }
  }
}
