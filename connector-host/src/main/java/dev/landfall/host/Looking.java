package dev.landfall.host;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DescribesFields;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.host.audience.AudienceSource;
import dev.landfall.host.jdbc.JdbcColumn;
import dev.landfall.host.jdbc.JdbcQuery;
import dev.landfall.host.source.StreamListener;
import dev.landfall.host.source.StreamReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at both ends of a sync, and changes nothing. */
final class Looking {

  private static final String NAME = "source";

  private Looking() {}

  /** What {@code check} says, item by item. */
  static CheckReport check(RunEnvironment environment, Prepared prepared) {
    List<CheckReport.Item> items =
        new ArrayList<>(prepared.destination().check(request(environment, prepared)).items());
    missingFields(environment, prepared).ifPresent(items::add);
    items.addAll(source(prepared));
    return new CheckReport(items);
  }

  /** Which fields that the sync would fill the target does not have. */
  private static Optional<CheckReport.Item> missingFields(
      RunEnvironment environment, Prepared prepared) {
    if (!(prepared.destination() instanceof DescribesFields describing)
        || !prepared.descriptor().freeFields()) {
      return Optional.empty();
    }
    Set<String> there = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    try {
      describing.fields(request(environment, prepared)).forEach(field -> there.add(field.name()));
    } catch (ConnectorException e) {
      // A target that is not there, or cannot be asked: the check says that itself.
      return Optional.empty();
    }
    List<String> missing = filled(prepared).filter(field -> !there.contains(field)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CheckReport.Item.failed(
                "fields",
                new Problem(
                    ProblemKind.CONFIGURATION,
                    "check.fields-missing",
                    "The target lacks fields that the sync fills: "
                        + String.join(", ", missing)
                        + ".",
                    "Add them to the target, or map only the others.")));
  }

  /** What the sync fills, as far as that can be told without reading its source. */
  private static Stream<String> filled(Prepared prepared) {
    List<FieldMapping> mapping = prepared.manifest().mapping();
    if (mapping.isEmpty()
        && prepared.source(StreamListener.NONE) instanceof AudienceSource.Stream stream
        && stream.query() == null) {
      return stream.request().stream().schema().fields().stream().map(FieldSpec::name);
    }
    return mapping.stream().map(FieldMapping::field);
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
    try (JdbcQuery query = JdbcQuery.connect(source.drivers(), source.request())) {
      return query
          .prepare()
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
