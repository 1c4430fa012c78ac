package dev.landfall.host.audience;

import dev.landfall.host.jdbc.JdbcDrivers;
import dev.landfall.host.jdbc.JdbcRequest;
import dev.landfall.host.jdbc.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a query in a process of its own, which says how many members it gave, and which, if they
 * are few.
 */
final class SqlReadElsewhere {

  private static final long MANY = 10;

  private SqlReadElsewhere() {}

  /** Starts the process, and gives what it printed. */
  static String read(Path folder, String query, String zone) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SqlReadElsewhere.class.getName(),
                folder.toString(),
                Postgres.url(),
                query)
            .redirectErrorStream(true);
    builder.environment().put("TZ", zone);
    try {
      Process process = builder.start();
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return words + "exit " + process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads: the folder, the database's URL, the query. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    try (JdbcDrivers drivers = JdbcDrivers.in(folder.resolve("drivers"))) {
      Audience audience =
          new AudienceReader()
              .read(
                  new AudienceRequest(
                      new AudienceSource.Query(
                          new JdbcRequest(
                              args[1], "postgres", null, args[2], JdbcRequest.CONNECT_TIME_LIMIT),
                          drivers),
                      List.of(),
                      Sources.destination(),
                      List.of(),
                      folder.resolve("audience.duckdb"),
                      128,
                      folder.resolve("spill")));
      System.out.println(audience.members() + " members");
      if (audience.members() < MANY) {
        System.out.println(Sources.rows(audience));
      }
    }
  }
}
