package dev.landfall.host;

import dev.landfall.connector.CheckReport;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.jdbc.JdbcColumn;
import dev.landfall.host.jdbc.JdbcQuery;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamReading;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code check} says of a source that has to be connected to. */
final class SourceCheck {

  private static final String NAME = "source";

  private SourceCheck() {}

  /** Looks whether the source could be read, without reading it; nothing to say of files. */
  static List<CheckReport.Item> of(Prepared prepared) {
    AudienceSource source = prepared.source(StreamListener.NONE);
    try {
      if (source instanceof AudienceSource.Query query) {
        return List.of(query(query));
      }
      return source instanceof AudienceSource.Stream stream
          ? StreamReading.check(stream.request(), stream.context()).items()
          : List.of();
    } catch (HostException e) {
      return List.of(CheckReport.Item.failed(NAME, e.problem()));
    }
  }

  private static CheckReport.Item query(AudienceSource.Query source) {
    try (JdbcQuery query = JdbcQuery.prepare(source.drivers(), source.request())) {
      return query
          .columnsIfTold()
          .map(columns -> CheckReport.Item.passed(NAME, words(columns)))
          .orElseGet(
              () ->
                  CheckReport.Item.unverified(
                      NAME,
                      "The database was reached; its driver tells no columns before the query has"
                          + " run."));
    }
  }

  private static String words(List<JdbcColumn> columns) {
    return "The query can be run, and gives "
        + columns.stream().map(c -> '"' + c.name() + '"').collect(Collectors.joining(", "))
        + ".";
  }
}
