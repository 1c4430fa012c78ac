package dev.landfall.cli;

/** How a text looks on a terminal that knows colours. */
enum Style {
  PLAIN(""),
  BOLD("1"),
  GREEN("32"),
  YELLOW("33"),
  RED("31");

  private static final String ESCAPE = "\u001b[";

  private final String sequence;

  Style(String sequence) {
    this.sequence = sequence;
  }

  /** The text as it is, where there are no colours. */
  String on(Terminal terminal, String text) {
    return this == PLAIN || !terminal.colours() || text.isEmpty()
        ? text
        : ESCAPE + sequence + "m" + text + ESCAPE + "0m";
  }
}
