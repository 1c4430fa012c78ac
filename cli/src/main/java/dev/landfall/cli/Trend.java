package dev.landfall.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers as a line of bars, one character each. */
final class Trend {

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String ASCII = ".:-=+*#@";

  private final String none;
  private final String levels;

  private Trend(String none, String levels) {
    this.none = none;
    this.levels = levels;
  }

  /**
   * Bars that stdout can show: blocks on a terminal whose locale says UTF-8, else ASCII.
   *
   * @param terminal whether stdout is a terminal
   * @param environment the variables of the process
   */
  static Trend on(boolean terminal, Map<String, String> environment) {
    for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String locale = environment.getOrDefault(variable, "");
      if (!locale.isEmpty()) {
        boolean utf8 = locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
        return terminal && utf8 ? new Trend(" ", BLOCKS) : new Trend("_", ASCII);
      }
    }
    return new Trend("_", ASCII);
  }

  /** The bars of some numbers, the highest for the greatest. */
  String of(List<Long> numbers) {
    long greatest = numbers.stream().mapToLong(n -> n).max().orElse(0);
    StringBuilder bars = new StringBuilder();
    for (long number : numbers) {
      if (number == 0) {
        bars.append(none);
      } else {
        int level = (int) Math.ceil((double) number / greatest * levels.length()) - 1;
        bars.append(levels.charAt(level));
      }
    }
    return bars.toString();
  }
}
