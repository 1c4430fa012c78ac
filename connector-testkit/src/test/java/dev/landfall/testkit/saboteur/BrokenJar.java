package dev.landfall.testkit.saboteur;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Golden's jars with one thing wrong.
 *
 * @param name what it is
 * @param phrase what the finding of the first rule says, in part
 * @param breaks every rule it breaks, the one it was made for first
 * @param change makes it wrong
 */
public record BrokenJar(
    String name, String phrase, List<String> breaks, UnaryOperator<Jars> change) {

  /** Every one. */
  public static final List<BrokenJar> ALL =
      List.of(
          of("has no service file", "there are 0", "D-1.1 D-1.2", jars -> jars.providers(null)),
          of(
              "names a class in its service file that is not there",
              "ServiceConfigurationError",
              "D-1.1 D-1.2",
              jars -> jars.providers("broken.Nobody")),
          of(
              "provides two connectors with one id",
              "there are 2",
              "D-1.1 D-1.2",
              jars ->
                  jars.provider("Twin", "", "public")
                      .providers("broken.Twin\ndev.landfall.testkit.golden.GoldenDestination")),
          of(
              "has a constructor that is not public",
              "ServiceConfigurationError",
              "D-1.1 D-1.2",
              jars -> jars.provider("NoDoor", "NoDoor() {}", "public")),
          of(
              "has a class that is not public",
              "ServiceConfigurationError",
              "D-1.1 D-1.2",
              jars -> jars.provider("Hidden", "public Hidden() {}", "")),
          of(
              "has a constructor that throws",
              "ServiceConfigurationError",
              "D-1.1 D-1.2",
              jars ->
                  jars.provider(
                      "Throws",
                      "public Throws() { throw new IllegalStateException(); }",
                      "public")),
          of(
              "lacks a library",
              "NoClassDefFoundError",
              "D-1.2",
              jars -> jars.without("httpclient5")),
          of(
              "lacks a class of its own",
              "NoClassDefFoundError",
              "D-1.2",
              jars -> jars.without("Reply$Token")),
          of(
              "looks for its files on the host's class path",
              "java.lang.NullPointerException",
              "D-1.2",
              jars ->
                  jars.provider(
                      "OnTheHost",
                      "@Override public dev.landfall.connector.DestinationSession"
                          + " open(dev.landfall.connector.SessionRequest request) {"
                          + " ClassLoader.getSystemResource(\"broken/words\").getPath();"
                          + " return super.open(request); }",
                      "public")),
          of("does not say its API", "it says null", "D-1.3", jars -> jars.api(null)),
          of("is of another API", "it says 2", "D-1.3", jars -> jars.api("2")));

  private static BrokenJar of(
      String name, String phrase, String breaks, UnaryOperator<Jars> change) {
    return new BrokenJar(name, phrase, List.of(breaks.split(" ", -1)), change);
  }

  @Override
  public String toString() {
    return name;
  }
}
