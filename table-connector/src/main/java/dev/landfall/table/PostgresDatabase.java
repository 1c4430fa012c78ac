package dev.landfall.table;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** A PostgreSQL server. */
final class PostgresDatabase implements Database {

  private final TableSettings.Access access;
  private volatile @Nullable CompletableFuture<Connection> connecting;
  private volatile boolean closed;

  PostgresDatabase(TableSettings.Access access) {
    this.access = access;
  }

  @Override
  public Store connect(boolean mayCreate) throws StoreException {
    CompletableFuture<Connection> attempt = new CompletableFuture<>();
    connecting = attempt;
    if (closed) {
      throw StoreException.stop(TableProblem.SESSION_CLOSED.problem());
    }
    // The driver waits where nobody could free it, so it waits elsewhere.
    Thread thread = new Thread(() -> connectInto(attempt), "landfall-table-connecting");
    thread.setDaemon(true);
    thread.start();
    try {
      Connection connection =
          attempt.get(access.connectTimeLimit().toMillis(), TimeUnit.MILLISECONDS);
      return PostgresStore.over(connection, access.totalTimeLimit());
    } catch (TimeoutException e) {
      throw giveUp(
          attempt,
          TableProblem.UNREACHABLE.problem(
              "The database did not let anybody in within " + access.connectTimeLimit() + "."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw giveUp(attempt, TableProblem.UNREACHABLE.problem());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw PostgresFailures.connecting(
          e.getCause() instanceof SQLException failure ? failure : new SQLException());
    } finally {
      connecting = null;
    }
  }

  private static StoreException giveUp(CompletableFuture<Connection> attempt, Problem problem) {
    StoreException failure = StoreException.againAnew(problem);
    attempt.completeExceptionally(failure);
    return failure;
  }

  private void connectInto(CompletableFuture<Connection> attempt) {
    try {
      Connection connection = new Driver().connect(access.url(), properties());
      if (connection == null) {
        attempt.completeExceptionally(
            StoreException.stop(
                TableProblem.DATABASE_NOT_FOUND.problem(
                    "The driver of PostgreSQL does not understand \"url\".")));
        return;
      }
      if (!attempt.complete(connection)) {
        // It came too late.
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      attempt.completeExceptionally(e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    access.user().ifPresent(user -> properties.setProperty("user", user));
    access
        .password()
        .map(Secret::reveal)
        .ifPresent(password -> properties.setProperty("password", password));
    String seconds = String.valueOf(seconds(access.connectTimeLimit()));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "Landfall");
    // Each statement is another one; and a pool between here and there may keep no names.
    properties.setProperty("prepareThreshold", "0");
    return properties;
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }

  @Override
  public void close() {
    closed = true;
    CompletableFuture<Connection> attempt = connecting;
    if (attempt != null) {
      attempt.completeExceptionally(StoreException.stop(TableProblem.SESSION_CLOSED.problem()));
    }
  }
}
