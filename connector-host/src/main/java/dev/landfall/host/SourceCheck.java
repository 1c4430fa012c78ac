package dev.landfall.host;

import dev.landfall.connector.CheckReport;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.jdbc.JdbcColumn;
import dev.landfall.host.jdbc.JdbcQuery;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code check} says of a source that has to be connected to. */
final class SourceCheck {

  private static final String NAME = "source";

  private SourceCheck() {}

  /** Connects, and has the query looked at without running it; nothing to say of files. */
  static Optional<CheckReport.Item> of(Prepared prepared) {
    if (!(prepared.source() instanceof AudienceSource.Query source)) {
      return Optional.empty();
    }
    try (JdbcQuery query = JdbcQuery.prepare(source.drivers(), source.request())) {
      return Optional.of(
          query
              .columnsIfTold()
              .map(columns -> CheckReport.Item.passed(NAME, words(columns)))
              .orElseGet(
                  () ->
                      CheckReport.Item.unverified(
                          NAME,
                          "The database was reached; its driver tells no columns before the query"
                              + " has run.")));
    } catch (HostException e) {
      return Optional.of(CheckReport.Item.failed(NAME, e.problem()));
    }
  }

  private static String words(List<JdbcColumn> columns) {
    return "The query can be run, and gives "
        + columns.stream().map(c -> '"' + c.name() + '"').collect(Collectors.joining(", "))
        + ".";
  }
}
