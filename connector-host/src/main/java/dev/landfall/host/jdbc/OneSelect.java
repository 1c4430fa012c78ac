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

  /** In what reads, this word stands before a table or a file that is written. */
  private static final Pattern INTO = Pattern.compile("(?i)(?<![\\p{L}\\p{N}_$.\\[])into\\s");

  /** Functions, by the names that they have in databases, that reach networks or files. */
  private static final Pattern REACHING =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}_$])\"?(dblink\\w*|pg_read_\\w+|pg_ls_\\w+|pg_stat_file|lo_import"
              + "|lo_export|load_file|openrowset|openquery"
              + "|opendatasource|utl_http\\.\\w+|utl_file\\.\\w+|httpuritype)\"?\\s*\\(");

  private static final Pattern WORD = Pattern.compile("[\\s(]*+([\\p{L}_]*)");

  private OneSelect() {}

  /**
   * Refuses what is not one statement that reads.
   *
   * @throws dev.landfall.host.HostException with the code {@code source.query}, {@code
   *     source.query-writes} or {@code source.query-reaches}
   */
  static void require(String query) {
    String bare = without(query, false).strip().replaceAll("[;\\s]+$", "");
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
    if (INTO.matcher(bare).find()) {
      throw JdbcProblems.into();
    }
    Matcher reaching = REACHING.matcher(without(query, true));
    if (reaching.find()) {
      throw JdbcProblems.reaching(reaching.group(1));
    }
  }

  /** The query without texts and comments; names in quotes stay if they are wanted. */
  private static String without(String query, boolean names) {
    StringBuilder bare = new StringBuilder();
    Matcher quoted = QUOTED.matcher(query);
    int at = 0;
    while (at < query.length()) {
      if (query.startsWith("/*", at)) {
        at = endOfComment(query, at);
        bare.append(' ');
      } else if (quoted.region(at, query.length()).useTransparentBounds(true).lookingAt()) {
        bare.append(names && query.charAt(at) == '"' ? quoted.group() : " ");
        at = quoted.end();
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
