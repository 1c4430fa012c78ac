package dev.landfall.host.audience;

import dev.landfall.host.jdbc.JdbcDrivers;
import dev.landfall.host.jdbc.JdbcRequest;
import dev.landfall.host.jdbc.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries to a real PostgreSQL, and what was read of them. */
final class SqlSource implements AutoCloseable {

  private final Sources sources;
  private final Path folder;
  private final JdbcDrivers drivers;

  SqlSource(Path folder) {
    this.folder = folder;
    sources = new Sources(folder);
    Postgres.driverIn(folder.resolve("drivers"));
    drivers = JdbcDrivers.in(folder.resolve("drivers"));
  }

  JdbcRequest request(String query) {
    return new JdbcRequest(Postgres.url(), "postgres", null, query, JdbcRequest.CONNECT_TIME_LIMIT);
  }

  Audience read(String query) {
    return read(request(query));
  }

  Audience read(JdbcRequest request) {
    return read(request, drivers);
  }

  Audience read(JdbcRequest request, JdbcDrivers from) {
    @Nullable String none = null;
    AudienceRequest files = sources.request(folder, none);
    return new AudienceReader()
        .read(
            new AudienceRequest(
                new AudienceSource.Query(request, from),
                List.of(),
                files.destination(),
                List.of(),
                files.audience(),
                128,
                files.temporaryFolder()));
  }

  List<String> left() {
    return sources.left();
  }

  @Override
  public void close() {
    drivers.close();
  }
}
