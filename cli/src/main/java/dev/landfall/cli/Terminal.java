package dev.landfall.cli;

import java.util.Map;

/**
 * Where a stream of this process goes.
 *
 * @param interactive whether a person looks at it, so that a line may change
 * @param colours whether colours are welcome
 * @param columns how wide it is
 */
record Terminal(boolean interactive, boolean colours, int columns) {

  static final int COLUMNS = 80;

  private static final int NARROWEST = 20;

  /** Java itself can only tell whether all of its streams are a terminal; the launcher tells. */
  static Terminal stdout() {
    return of(Boolean.getBoolean("landfall.terminal.out"), System.getenv());
  }

  static Terminal stderr() {
    return of(Boolean.getBoolean("landfall.terminal"), System.getenv());
  }

  /** See no-color.org. */
  static Terminal of(boolean interactive, Map<String, String> environment) {
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(
        interactive, interactive && wanted, columns(environment.getOrDefault("COLUMNS", "")));
  }

  private static int columns(String said) {
    return said.matches("[1-9][0-9]{0,3}") ? Math.max(NARROWEST, Integer.parseInt(said)) : COLUMNS;
  }
}
