package dev.landfall.host.jdbc;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a query before any database sees it. The transaction that it runs in is the stronger
 * guard; this one says more, and is there for databases whose drivers only hint at read-only.
 */
final class OneSelect {

  private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  /** What may hold a semicolon that ends no statement: texts, names and comments. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_$])[eE]'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+'" // with escapes
              + "|'[^']*+(?:''[^']*+)*+'"
              + "|\"[^\"]*+(?:\"\"[^\"]*+)*+\""
              + "|`[^`]*+`"
              + "|(?<![\\p{L}\\p{N}_$])\\$((?:[\\p{L}_][\\p{L}\\p{N}_]*)?)\\$.*?\\$\\1\\$"
              + "|--[^\\n\\r]*+",
          Pattern.DOTALL);

  private static final Pattern WORD = Pattern.compile("[\\s(]*+([\\p{L}_]*)");

  private OneSelect() {}

  /**
   * Refuses what is not one statement that reads.
   *
   * @throws dev.landfall.host.HostException with the code {@code source.query}
   */
  static void require(String query) {
    String bare = withoutQuotations(query).strip().replaceAll("[;\\s]+$", "");
    if (bare.isEmpty()) {
      throw JdbcProblems.query("holds no statement");
    }
    if (bare.contains(";")) {
      throw JdbcProblems.query("has more than one statement; it may be one SELECT");
    }
    Matcher word = WORD.matcher(bare);
    String first = word.lookingAt() ? word.group(1) : "";
    if (!READING.contains(first.toUpperCase(Locale.ROOT))) {
      throw JdbcProblems.query("is no SELECT; nothing else is run");
    }
  }

  private static String withoutQuotations(String query) {
    StringBuilder bare = new StringBuilder();
    Matcher quoted = QUOTED.matcher(query);
    int at = 0;
    while (at < query.length()) {
      if (query.startsWith("/*", at)) {
        at = endOfComment(query, at);
        bare.append(' ');
      } else if (quoted.region(at, query.length()).useTransparentBounds(true).lookingAt()) {
        at = quoted.end();
        bare.append(' ');
      } else {
        bare.append(query.charAt(at++));
      }
    }
    return bare.toString();
  }

  /** Comments nest. */
  private static int endOfComment(String query, int start) {
    int depth = 0;
    for (int at = start; at < query.length(); at++) {
      if (query.startsWith("/*", at)) {
        depth++;
        at++;
      } else if (query.startsWith("*/", at)) {
        at++;
        if (--depth == 0) {
          return at + 1;
        }
      }
    }
    throw JdbcProblems.query("has a comment that does not end");
  }
}
