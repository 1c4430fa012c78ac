package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.DatabaseException;
import java.util.Optional;

/** What a failure of DuckDB says about what was read, or about the place that it is written to. */
final class ReadFailures {

  private ReadFailures() {}

  /**
   * A failure in words.
   *
   * @param place what was read
   * @param ofTheFormat what is wrong with that, if that is what the failure says
   */
  static HostException explain(
      AudienceRequest request,
      String place,
      DatabaseException failure,
      Optional<HostException> ofTheFormat) {
    if (failure.getMessage().contains(Column.FRACTION)) {
      return SourceProblems.fraction(place);
    }
    if (failure.isMemory()) {
      return SourceProblems.memory(request.memoryMegabytes(), request.temporaryFolder());
    }
    return ofTheFormat.orElseGet(
        () ->
            failure.isDisk() || failure.kind().equals("IO Error")
                ? SourceProblems.disk(request.audience(), request.temporaryFolder())
                : SourceProblems.database(place, failure.kind()));
  }
}
