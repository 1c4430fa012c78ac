package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.kognitiv.ConnectorVersion;
import java.util.Arrays;

/**
 * Kognitiv's Case Sync: the daily files of a folder as the streams {@code case_updates} and {@code
 * case_entries}, every event in the order it occurred, with a key that is the same in whatever file
 * the event is delivered.
 *
 * <p>What is no row is kept aside as it was found; what a file may hold, and what becomes of files
 * that grow, are replaced or come late, stands in {@code docs/case-sync.md}.
 *
 * <p>Threads: safe for use by several threads; holds nothing but its descriptor.
 */
public final class CaseSyncSource implements Source {

  private final SourceDescriptor descriptor =
      new SourceDescriptor(
          "kognitiv-case-sync",
          "Kognitiv Case Sync",
          ConnectorVersion.text(),
          CaseSyncSettings.ALL,
          Arrays.stream(CaseStream.values()).map(CaseStream::described).toList());

  /** A source, without I/O and without threads. */
  public CaseSyncSource() {}

  @Override
  public SourceDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public CheckReport check(SourceRequest request) {
    return new CaseSyncCheck(request).report();
  }

  @Override
  public SourceReader open(SourceRequest request) {
    return new CaseReader(
        CaseStream.find(request.stream()).orElseThrow(CaseSyncSource::unknownStream), request);
  }

  static ConnectorException unknownStream() {
    return CaseSyncProblem.STREAM_UNKNOWN.exception(
        "The Case Sync has the streams case_updates and case_entries, and no other.");
  }
}
