package dev.landfall.cli;

import dev.landfall.host.history.RunFiles;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/** Answers on stdout and what else is worth saying on stderr, no line longer than 80 columns. */
final class Output {

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal answers;
  private final Terminal asides;

  /** Where the answers go, and where all else does; what each of these is. */
  Output(PrintWriter out, PrintWriter err, Terminal answers, Terminal asides) {
    this.out = out;
    this.err = err;
    this.answers = answers;
    this.asides = asides;
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

  void line(Style style, String text) {
    lines("", "", text).forEach(line -> out.println(style.on(answers, line)));
  }

  /** A text whose lines all begin at a column. */
  void paragraph(int indent, String text) {
    print(out, " ".repeat(indent), " ".repeat(indent), text);
  }

  /** A text beside a word: the word at the left, the text's lines at a column of their own. */
  void entry(int column, String word, String text) {
    entry(Style.PLAIN, column, word, text);
  }

  /** A text beside a word that has a style. */
  void entry(Style style, int column, String word, String text) {
    String indent = " ".repeat(column);
    if (word.length() >= column) {
      out.println(style.on(answers, word));
      paragraph(column, text);
    } else {
      List<String> lines = lines(indent, indent, text);
      out.println(style.on(answers, word) + lines.get(0).substring(word.length()));
      lines.stream().skip(1).forEach(out::println);
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

  /** Where in a manifest something is. */
  void pointer(String pointer, String place) {
    out.println("  " + Style.BOLD.on(answers, printable(pointer)) + place);
  }

  /** What points at something in the line above. */
  void caret(String before, String caret) {
    out.println(before + Style.RED.on(answers, caret));
  }

  /** Progress on stderr. */
  ProgressLine progress() {
    return new ProgressLine(err, asides, System::nanoTime);
  }

  /** A line on stderr. */
  void aside(String text) {
    aside(err, text);
  }

  static void aside(PrintWriter err, String text) {
    print(err, "", "  ", text);
  }

  /** What a file or a system says may hold characters that steer a terminal. */
  static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  private static void print(PrintWriter to, String first, String others, String text) {
    lines(first, others, text).forEach(to::println);
  }

  private static List<String> lines(String first, String others, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean begun = false;
    StringTokenizer words = new StringTokenizer(printable(text));
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (begun && line.length() + 1 + word.length() > Terminal.COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    lines.add(line.toString());
    return lines;
  }
}
