package dev.landfall.table;

import dev.landfall.connector.ConnectorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a file of SQL.
 *
 * @param statements in their order, without the semicolons between them
 */
record Script(List<Statement> statements) {

  /**
   * A statement.
   *
   * @param number its place in the file, from 1
   * @param line the line that it begins in, from 1
   * @param sql its text
   */
  record Statement(int number, int line, String sql) {
    /** How a person finds it. */
    String shown() {
      return "Statement " + number + " of the script (line " + line + ")";
    }
  }

  private static final long LARGEST = 1024 * 1024;

  /** What may hold a semicolon that ends no statement. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_$])[eE]'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+'" // with escapes
              + "|'[^']*+(?:''[^']*+)*+'"
              + "|\"[^\"]*+(?:\"\"[^\"]*+)*+\""
              + "|(?<![\\p{L}\\p{N}_$])\\$((?:[\\p{L}_][\\p{L}\\p{N}_]*)?)\\$.*?\\$\\1\\$"
              + "|--[^\\n\\r]*+",
          Pattern.DOTALL);

  private static final Pattern WORD = Pattern.compile("[\\p{L}_]+");

  /** Words that begin or end a transaction. */
  private static final Set<String> OF_TRANSACTIONS =
      Set.of(
          "BEGIN",
          "START",
          "COMMIT",
          "END",
          "ROLLBACK",
          "ABORT",
          "SAVEPOINT",
          "RELEASE",
          "PREPARE");

  Script {
    statements = List.copyOf(statements);
  }

  /**
   * Reads a file.
   *
   * @throws ConnectorException if it cannot be read, or has what cannot be run
   */
  static Script read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw unusable("The script " + file + " is larger than 1 MiB.");
      }
      byte[] bytes = Files.readAllBytes(file);
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw unusable("The script " + file + " is not UTF-8.");
    } catch (IOException e) {
      throw unusable("The script " + file + " does not exist or cannot be read.");
    }
  }

  /** The statements of a text. */
  static Script parse(String text) {
    List<Statement> found = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(text);
    // A statement begins where something stands that is no blank and no comment.
    int begun = -1;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int next = at + 1;
      boolean counts = !Character.isWhitespace(c) && c != '\ufeff';
      if (text.startsWith("/*", at)) {
        next = endOfComment(text, at);
        counts = false;
      } else if (quoted.region(at, text.length()).useTransparentBounds(true).lookingAt()) {
        next = quoted.end();
        counts = c != '-';
      } else if (c == ';') {
        add(found, text, begun, at);
        begun = -1;
        counts = false;
      }
      if (counts && begun < 0) {
        begun = at;
      }
      at = next;
    }
    add(found, text, begun, text.length());
    return new Script(found);
  }

  private static void add(List<Statement> found, String text, int from, int to) {
    if (from < 0) {
      return;
    }
    int line = 1 + (int) text.substring(0, from).chars().filter(c -> c == '\n').count();
    Statement statement =
        new Statement(found.size() + 1, line, text.substring(from, to).stripTrailing());
    Matcher word = WORD.matcher(statement.sql());
    if (word.lookingAt() && OF_TRANSACTIONS.contains(word.group().toUpperCase(Locale.ROOT))) {
      throw unusable(
          statement.shown() + " begins or ends a transaction; the script as a whole is one.");
    }
    found.add(statement);
  }

  /** Comments nest. */
  private static int endOfComment(String text, int start) {
    int depth = 0;
    int at = start;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        at += 2;
        if (--depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    throw unusable("The script has a comment that does not end.");
  }

  private static ConnectorException unusable(String what) {
    return new ConnectorException(TableProblem.SCRIPT_UNUSABLE.problem(what));
  }
}
