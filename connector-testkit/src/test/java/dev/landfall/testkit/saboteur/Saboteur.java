package dev.landfall.testkit.saboteur;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenLaterSandboxProvider;
import dev.landfall.testkit.golden.GoldenSandboxProvider;
import dev.landfall.testkit.golden.GoldenSettings;
import dev.landfall.testkit.sandbox.SandboxProvider;
import java.util.List;
import java.util.function.Supplier;

/**
 * A golden connector with one thing wrong.
 *
 * @param name what it does
 * @param phrase what the finding of the first rule says, in part
 * @param breaks every rule it breaks, the one it was written for first
 * @param destination makes it
 * @param sandbox its system
 * @param hangs whether it is to be let go of soon, because it hangs where it breaks a rule
 */
public record Saboteur(
    String name,
    String phrase,
    List<String> breaks,
    Supplier<Destination> destination,
    SandboxProvider sandbox,
    boolean hangs) {

  static Saboteur of(
      String name, String phrase, String breaks, Supplier<? extends Destination> destination) {
    return new Saboteur(
        name, phrase, rules(breaks), destination::get, new GoldenSandboxProvider(), false);
  }

  static Saboteur later(
      String name, String phrase, String breaks, Supplier<? extends Destination> destination) {
    return new Saboteur(
        name, phrase, rules(breaks), destination::get, new GoldenLaterSandboxProvider(), false);
  }

  Saboteur thatHangs() {
    return new Saboteur(name, phrase, breaks, destination, sandbox, true);
  }

  private static List<String> rules(String breaks) {
    return List.of(breaks.split(" ", -1));
  }

  static String list(SessionRequest request) {
    return request.target().get(GoldenSettings.LIST);
  }

  /** Makes a session in place of golden's. */
  @FunctionalInterface
  interface Opening {
    DestinationSession open(SessionRequest request, Api api);
  }

  @Override
  public String toString() {
    return name;
  }
}
