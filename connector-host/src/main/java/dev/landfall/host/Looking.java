package dev.landfall.host;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DescribesFields;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.jdbc.JdbcColumn;
import dev.landfall.host.jdbc.JdbcQuery;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamReading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Looks at both ends of a sync, and changes nothing. */
final class Looking {

  private static final String NAME = "source";

  private Looking() {}

  /** What {@code check} says, item by item. */
  static CheckReport check(RunEnvironment environment, Prepared prepared) {
    List<CheckReport.Item> items =
        new ArrayList<>(prepared.destination().check(request(environment, prepared)).items());
    items.addAll(source(prepared));
    return new CheckReport(items);
  }

  /**
   * The fields of the target.
   *
   * @throws HostException if the connector cannot tell, or its system cannot be asked
   */
  static List<FieldSpec> fields(RunEnvironment environment, Prepared prepared) {
    if (prepared.destination() instanceof DescribesFields describing) {
      try {
        return describing.fields(request(environment, prepared));
      } catch (ConnectorException e) {
        throw new HostException(e.problem());
      }
    }
    String id = prepared.descriptor().id();
    throw HostException.configuration(
        "connector.no-fields",
        "The connector " + id + " has the same fields for every target.",
        "\"landfall connectors " + id + "\" lists them.");
  }

  private static CheckRequest request(RunEnvironment environment, Prepared prepared) {
    return new CheckRequest(
        prepared.connection(), prepared.target(), environment.context((code, message) -> {}));
  }

  /** Looks whether the source could be read, without reading it; nothing to say of files. */
  private static List<CheckReport.Item> source(Prepared prepared) {
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
