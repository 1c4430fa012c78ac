package dev.landfall.host.jdbc;

import dev.landfall.connector.settings.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to ask, and whom.
 *
 * @param url the database's JDBC URL
 * @param user who asks, or null
 * @param password the user's password, or null
 * @param query one statement that reads
 * @param connectTimeLimit how long to wait for a connection; PostgreSQL alone is told
 */
public record JdbcRequest(
    String url,
    @Nullable String user,
    @Nullable Secret password,
    String query,
    Duration connectTimeLimit) {

  /** How long to wait for a connection, if nobody says otherwise. */
  public static final Duration CONNECT_TIME_LIMIT = Duration.ofSeconds(10);

  /** As parameters, before the host, or as Oracle writes them. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(password|passwd|pwd)=|^[^?]*://[^/?]*@|^jdbc:oracle:[^@?]*/[^@?]*@");

  /** Whether a URL has in it what is to be kept out of files, arguments and messages. */
  public static boolean holdsCredentials(String url) {
    return CREDENTIALS.matcher(url).find();
  }

  /** Requires URL and query. */
  public JdbcRequest {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(connectTimeLimit, "connectTimeLimit");
  }

  /** Without the values: URL and user may have come out of references. */
  @Override
  public String toString() {
    return "JdbcRequest[hidden]";
  }
}
