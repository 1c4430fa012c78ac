package dev.landfall.table;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forms that the URL of a database has. */
final class DatabaseUrl {

  static final String PATTERN = "jdbc:(duckdb|postgresql):.+";

  private static final String DUCKDB = "jdbc:duckdb:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** As parameters, or before the host. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(user|password|passwd|pwd)=|^[^?]*://[^/?]*@");

  /** What DuckDB would not take for a path on this machine; one letter is a drive of Windows. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*|:.*", Pattern.DOTALL);

  private static final Pattern SERVER =
      Pattern.compile("//([^/?]*)([^?]*)(\\?(.*))?", Pattern.DOTALL);
  private static final Pattern DEFAULT_PORT = Pattern.compile(":5432(?=,|$)");

  private DatabaseUrl() {}

  static boolean isDuckDb(String url) {
    return url.startsWith(DUCKDB);
  }

  /** The file of a DuckDB URL that was resolved. */
  static Path file(String url) {
    return Path.of(url.substring(DUCKDB.length()));
  }

  /**
   * The one form that stands for all spellings of a URL.
   *
   * @throws IllegalArgumentException with the end of a sentence, if it cannot be used
   */
  static String canonical(String url) {
    if (CREDENTIALS.matcher(url).find()) {
      throw new IllegalArgumentException(
          "must not hold the credentials: write \"user\", and \"password\": {\"env\": \"NAME\"}.");
    }
    return isDuckDb(url) ? duckDb(url.substring(DUCKDB.length())) : postgresql(url);
  }

  private static String duckDb(String path) {
    if (path.isBlank() || ELSEWHERE.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "must name a file on this machine, such as jdbc:duckdb:cases.duckdb; what is in memory"
              + " would be gone with the run.");
    }
    if (path.contains(";")) {
      throw new IllegalArgumentException(
          "must name a file without a semicolon, and no options of DuckDB.");
    }
    try {
      return DUCKDB + Path.of(path).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must name a file; this is no path.", e);
    }
  }

  private static String postgresql(String url) {
    Matcher parts = SERVER.matcher(url.substring(POSTGRESQL.length()));
    if (!parts.matches()) {
      return url;
    }
    String hosts = DEFAULT_PORT.matcher(parts.group(1).toLowerCase(Locale.ROOT)).replaceAll("");
    String parameters =
        parts.group(3) == null
            ? ""
            : Arrays.stream(parts.group(4).split("&"))
                .filter(p -> !p.isEmpty())
                .sorted()
                .collect(Collectors.joining("&"));
    return POSTGRESQL
        + "//"
        + hosts
        + parts.group(2)
        + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  /** The same with a DuckDB file's path made absolute. */
  static String resolved(String url, Path folder) {
    return isDuckDb(url) ? DUCKDB + folder.resolve(file(url)).normalize() : url;
  }
}
