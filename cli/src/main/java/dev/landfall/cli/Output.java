package dev.landfall.cli;

import dev.landfall.connector.settings.Violation;
import dev.landfall.host.history.RunFiles;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/** Answers on stdout and what else is worth saying on stderr, no line longer than 80 columns. */
final class Output {

  private static final int COLUMNS = 80;

  private final PrintWriter out;
  private final PrintWriter err;

  Output(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** A number as people read it. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number of things as people read it. */
  static String count(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }

  void json(Object document) {
    out.println(RunFiles.json(document));
  }

  /** An object as JSON in one line. */
  static String compact(Object object) {
    return RunFiles.line(object);
  }

  /** Text that is written already, with its line feed. */
  void raw(String text) {
    out.print(text);
    out.flush();
  }

  void blank() {
    out.println();
  }

  void line(String text) {
    paragraph(0, text);
  }

  /** A text whose lines all begin at a column. */
  void paragraph(int indent, String text) {
    print(out, " ".repeat(indent), " ".repeat(indent), text);
  }

  /** A text beside a word: the word at the left, the text's lines at a column of their own. */
  void entry(int column, String word, String text) {
    if (word.length() >= column) {
      out.println(word);
      paragraph(column, text);
    } else {
      print(out, word + " ".repeat(column - word.length()), " ".repeat(column), text);
    }
  }

  /** What a person may copy: in one line, whatever its length. */
  void verbatim(int indent, String text) {
    out.println(" ".repeat(indent) + text);
  }

  void problem(int indent, String message, String remedy) {
    paragraph(indent, message);
    print(out, " ".repeat(indent) + "> ", " ".repeat(indent + 2), remedy);
  }

  void violations(String file, List<Violation> violations) {
    line(count(violations.size(), "thing is", "things are") + " wrong with " + file + ":");
    for (Violation violation : violations) {
      verbatim(2, violation.pointer().isEmpty() ? "(the manifest)" : violation.pointer());
      paragraph(4, violation.message());
    }
  }

  /** Progress on stderr; whether that is a terminal, only the launcher can tell. */
  ProgressLine progress() {
    return new ProgressLine(err, Boolean.getBoolean("landfall.terminal"));
  }

  /** A line on stderr. */
  void aside(String text) {
    print(err, "", "  ", text);
  }

  private static void print(PrintWriter to, String first, String others, String text) {
    StringBuilder line = new StringBuilder(first);
    boolean begun = false;
    StringTokenizer words = new StringTokenizer(text);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (begun && line.length() + 1 + word.length() > COLUMNS) {
        to.println(line);
        line = new StringBuilder(others);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    to.println(line);
  }
}
