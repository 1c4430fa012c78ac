package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.describing;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Wrong when they are made, or in the forms of their settings: more of D-1 and D-2. */
final class MakingSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "reads a file when it is made",
              "there was the file",
              "D-1.6",
              () ->
                  new GoldenDestination() {
                    private final int size = read(temporaryFile());

                    @Override
                    public String toString() {
                      return "golden, of " + size;
                    }
                  }),
          Saboteur.of(
              "asks a service for its descriptor",
              "a connection to port",
              "D-1.6",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationDescriptor descriptor() {
                      ask();
                      return super.descriptor();
                    }
                  }),
          Saboteur.of(
              "throws when it is made",
              "there was a java.lang.IllegalStateException: No license",
              "D-1.7",
              () -> {
                throw new IllegalStateException("No license");
              }),
          Saboteur.of(
              "has an id with blanks",
              "must be lower case",
              "D-1.7",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationDescriptor descriptor() {
                      return describe("Golden Lists").build();
                    }
                  }),
          Saboteur.of(
              "has no descriptor",
              "descriptor() gave null",
              "D-1.7",
              () ->
                  new GoldenDestination() {
                    @Override
                    @SuppressWarnings("NullAway") // on purpose
                    public DestinationDescriptor descriptor() {
                      return null;
                    }
                  }),
          Saboteur.of(
              "calls itself without end when it is made",
              "there was a java.lang.StackOverflowError",
              "D-1.7",
              () ->
                  new GoldenDestination() {
                    @Override
                    @SuppressWarnings("InfiniteRecursion") // on purpose
                    public DestinationDescriptor descriptor() {
                      return descriptor();
                    }
                  }),
          Saboteur.of(
                  "waits for ever when it is made",
                  "it was still at",
                  "D-1.7",
                  () -> {
                    try {
                      boolean unused = new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    return new GoldenDestination();
                  })
              .thatHangs(),
          Saboteur.of(
              "has a setting with hyphens in its name",
              "one is \"list-note\"",
              "D-2.3",
              target(Setting.text("list-note", "Note").description("A note.").orElse("none"))),
          Saboteur.of(
              "has an identity that all targets share",
              "two targets to differ",
              "D-2.5",
              describing(builder -> builder.identity(GoldenSettings.ADDRESS))),
          Saboteur.of(
              "has a canonical form that is none",
              "a value of note that was read to be read again as the same",
              "D-2.6",
              target(
                  Setting.text("note", "Note")
                      .description("A note.")
                      .canonical(text -> text + "/")
                      .orElse("none"))),
          Saboteur.of(
              "has a canonical form of a connection's setting that is none",
              "a value of account that was read to be read again as the same",
              "D-2.6",
              describing(
                  builder ->
                      builder.connection(
                          GoldenSettings.connection(
                              Setting.text("account", "Account")
                                  .description("Whose lists they are.")
                                  .canonical(text -> "/" + text)
                                  .orElse("none"))))),
          Saboteur.of(
              "points from a connection to a setting that does not exist",
              "a violation points to /server",
              "D-2.1",
              describing(
                  builder ->
                      builder.connection(
                          GoldenSettings.CONNECTION.withRule(
                              settings ->
                                  settings.get(GoldenSettings.ADDRESS).getScheme().equals("http")
                                      ? Optional.empty()
                                      : Optional.of(
                                          new Violation(
                                              "/server",
                                              "saboteur.server",
                                              "The service speaks http.")))))),
          Saboteur.of(
              "has a pattern that only Java reads so",
              "it is [a-z/]*+",
              "D-2.7",
              target(
                  Setting.text("note", "Note")
                      .description("A note.")
                      .pattern("[a-z/]*+", "in small letters")
                      .orElse("none"))));

  private MakingSaboteurs() {}

  private static Supplier<Destination> target(Setting<?> more) {
    return describing(builder -> builder.target(SettingsSpec.of(GoldenSettings.LIST, more)));
  }

  private static Path temporaryFile() {
    try {
      Path file = Files.createTempFile("golden", ".conf");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int read(Path file) {
    try {
      return Files.readAllBytes(file).length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ask() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
      socket.getOutputStream().write('?');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
