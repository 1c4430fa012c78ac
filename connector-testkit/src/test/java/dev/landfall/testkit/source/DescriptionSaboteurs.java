package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.describing;
import static dev.landfall.testkit.source.SourceSaboteur.setting;

import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.testkit.sandbox.SourceTestbed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Wrong by what they declare: S-1 and S-2. */
final class DescriptionSaboteurs {

  private static final AtomicInteger PORT_OF_THE_LATEST = new AtomicInteger();

  private static final SettingsSpec POINTS_NOWHERE =
      GoldenSource.SETTINGS.withRule(
          settings ->
              settings.get(GoldenSource.REGION).isPresent()
                  ? Optional.empty()
                  : Optional.of(new Violation("/continent", "golden.region", "Name a region.")));

  private static final SettingsSpec READS_A_FILE =
      GoldenSource.SETTINGS.withRule(
          settings -> {
            readSomething();
            return Optional.empty();
          });

  private static final SettingsSpec CONNECTS =
      GoldenSource.SETTINGS.withRule(
          settings -> {
            try {
              connect((int) (long) settings.get(GoldenSource.PORT));
            } catch (UncheckedIOException | IllegalArgumentException e) {
              // Where nobody listens there is nobody to hear of it.
              return Optional.empty();
            }
            return Optional.empty();
          });

  private static final SettingsSpec POINTS_NOWHERE_AT_TIMES =
      GoldenSource.SETTINGS.withRule(
          settings ->
              settings.get(GoldenSource.REGION).orElse("").length() < 1000
                  ? Optional.empty()
                  : Optional.of(new Violation("/regions", "golden.region", "Shorten it.")));

  private static final SettingsSpec NEEDS_A_REGION =
      GoldenSource.SETTINGS.withRule(
          settings ->
              settings.get(GoldenSource.REGION).orElseThrow().isBlank()
                  ? Optional.of(new Violation("/region", "golden.region", "Name a region."))
                  : Optional.empty());

  private static final SettingsSpec KNOWS_THE_SHOPS =
      GoldenSource.SETTINGS.withRule(
          settings ->
              settings.get(GoldenSource.SHOP).equals("nowhere")
                  ? Optional.of(new Violation("/shop", "golden.shop", "Name another."))
                  : Optional.empty());

  private static final SettingsSpec SAYS_LITTLE =
      SettingsSpec.of(
          GoldenSource.PORT,
          GoldenSource.SHOP,
          GoldenSource.KEY,
          GoldenSource.REGION,
          Setting.text("branch", "Branch").optional());

  private static final SettingsSpec PLAIN_PASSWORD =
      SettingsSpec.of(
          GoldenSource.PORT,
          GoldenSource.SHOP,
          GoldenSource.KEY,
          GoldenSource.REGION,
          Setting.text("password", "Password").description("For the shop.").optional());

  static final List<SourceSaboteur> ALL =
      List.of(
          SourceSaboteur.of(
              "starts a thread when it is made", "there is [Thread", "S-1.4", Busy::new),
          SourceSaboteur.of(
              "makes its settings anew for each descriptor",
              "the second call gave another",
              "S-1.5",
              describing(
                  d ->
                      with(
                          d,
                          SettingsSpec.of(
                              GoldenSource.SETTINGS.settings().toArray(Setting<?>[]::new))))),
          SourceSaboteur.of(
                  "connects when it is made", "there was a connection to", "S-1.6", Calling::new)
              .in(
                  new ShopProvider() {
                    @Override
                    SourceTestbed opened(Shop shop) {
                      PORT_OF_THE_LATEST.set(shop.port());
                      return shop;
                    }
                  }),
          SourceSaboteur.of(
              "reads a file when it is made", "there was the file", "S-1.6", ReadingAFile::new),
          SourceSaboteur.of(
              "has a version of two numbers",
              "it is \"1.2\"",
              "S-1.7",
              describing(
                  d -> new SourceDescriptor(d.id(), d.name(), "1.2", d.settings(), d.streams()))),
          SourceSaboteur.of(
              "has an id with blanks",
              "it is \"Golden Shop\"",
              "S-1.7 S-3.11",
              describing(
                  d ->
                      new SourceDescriptor(
                          "Golden Shop", d.name(), d.version(), d.settings(), d.streams()))),
          SourceSaboteur.of(
              "names two streams alike",
              "two are named orders",
              "S-1.8",
              describing(
                  d -> {
                    List<SourceDescriptor.Stream> streams = new ArrayList<>(d.streams());
                    streams.add(streams.get(0));
                    return new SourceDescriptor(
                        d.id(), d.name(), d.version(), d.settings(), streams);
                  })),
          SourceSaboteur.of(
              "has a descriptor of its own in each instance",
              "another instance has another",
              "S-1.5",
              Numbered::new),
          SourceSaboteur.of(
              "has no name",
              "a name that a person sees",
              "S-1.7",
              describing(
                  d -> new SourceDescriptor(d.id(), " ", d.version(), d.settings(), d.streams()))),
          SourceSaboteur.of(
              "has no stream",
              "at least one stream to read",
              "S-1.8",
              describing(
                  d ->
                      new SourceDescriptor(
                          d.id(), d.name(), d.version(), d.settings(), List.of()))),
          SourceSaboteur.of(
              "points nowhere for a value that is too long",
              "a violation points to /regions",
              "S-2.1",
              setting(POINTS_NOWHERE_AT_TIMES)),
          SourceSaboteur.of(
              "falls over a setting that may be left out",
              "validation threw java.util.NoSuchElementException",
              "S-2.1",
              setting(NEEDS_A_REGION)),
          SourceSaboteur.of(
              "takes a shop that is missing for a mistake in the form of its name",
              "the test bed's own settings to be right",
              "S-2.1 S-3.11 S-7.2 S-7.4",
              setting(KNOWS_THE_SHOPS)),
          SourceSaboteur.of(
              "points to a setting that there is not",
              "a violation points to /continent",
              "S-2.1",
              setting(POINTS_NOWHERE)),
          SourceSaboteur.of(
              "connects to check its settings",
              "there was a connection to",
              "S-2.2",
              setting(CONNECTS)),
          SourceSaboteur.of(
              "reads a file to check its settings",
              "there was the file",
              "S-2.2",
              setting(READS_A_FILE)),
          SourceSaboteur.of(
              "does not describe a setting",
              "a label and a description for branch",
              "S-2.3",
              setting(SAYS_LITTLE)),
          SourceSaboteur.of(
              "takes a password as plain text",
              "it is declared as TEXT",
              "S-2.4",
              setting(PLAIN_PASSWORD)),
          SourceSaboteur.of(
              "throws when it is made",
              "there was a java.lang.IllegalStateException: No license",
              "S-1.9",
              () -> {
                throw new IllegalStateException("No license");
              }),
          SourceSaboteur.of(
              "has a setting with hyphens in its name",
              "one is \"shop-branch\"",
              "S-2.3",
              more(Setting.text("shop-branch", "Branch").description("Which.").optional())),
          SourceSaboteur.of(
              "has a canonical form that is none",
              "a value of branch that was read to be read again as the same",
              "S-2.5",
              more(
                  Setting.text("branch", "Branch")
                      .description("Which.")
                      .canonical(text -> text + "/")
                      .optional())),
          SourceSaboteur.of(
              "adds to its region each time it is read",
              "a value of region that was read to be read again as the same",
              "S-2.5",
              setting(
                  SettingsSpec.of(
                      GoldenSource.PORT,
                      GoldenSource.SHOP,
                      GoldenSource.KEY,
                      Setting.text("region", "Region")
                          .description("Where the shop is.")
                          .canonical(text -> text.startsWith("eu") ? text + "-1" : text)
                          .optional()))),
          SourceSaboteur.of(
              "has a pattern that only Java reads so",
              "it is (?i)[a-z/]*",
              "S-2.6",
              more(
                  Setting.text("branch", "Branch")
                      .description("Which.")
                      .pattern("(?i)[a-z/]*", "in letters")
                      .optional())));

  private DescriptionSaboteurs() {}

  private static Supplier<Source> more(Setting<?> setting) {
    return setting(
        SettingsSpec.of(
            GoldenSource.PORT, GoldenSource.SHOP, GoldenSource.KEY, GoldenSource.REGION, setting));
  }

  private static SourceDescriptor with(SourceDescriptor d, SettingsSpec spec) {
    return new SourceDescriptor(d.id(), d.name(), d.version(), spec, d.streams());
  }

  private static void readSomething() {
    try (InputStream file = Files.newInputStream(Path.of("pom.xml"))) {
      int unused = file.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void connect(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write('\n');
      // The shop has heard of the call once it has accepted it; it answers, or stays silent.
      socket.setSoTimeout(200);
      int unused = socket.getInputStream().read();
    } catch (java.net.SocketTimeoutException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Busy extends GoldenSource {
    Busy() {
      Thread thread =
          new Thread(
              () -> {
                try {
                  boolean unused = new CountDownLatch(1).await(3, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "busy");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static final class Numbered extends GoldenSource {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final int number = MADE.incrementAndGet();

    @Override
    public SourceDescriptor descriptor() {
      SourceDescriptor d = super.descriptor();
      return new SourceDescriptor(
          d.id(), d.name() + " " + number, d.version(), d.settings(), d.streams());
    }
  }

  private static final class ReadingAFile extends GoldenSource {
    ReadingAFile() {
      readSomething();
    }
  }

  private static final class Calling extends GoldenSource {
    Calling() {
      if (PORT_OF_THE_LATEST.get() > 0) {
        try {
          connect(PORT_OF_THE_LATEST.get());
        } catch (UncheckedIOException e) {
          // The shop of the scenario before has closed, and nobody listens there.
          PORT_OF_THE_LATEST.set(0);
        }
      }
    }
  }
}
