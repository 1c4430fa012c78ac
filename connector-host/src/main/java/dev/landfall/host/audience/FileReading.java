package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.nio.file.Path;

/** Reads files, and sees that they are the same in the end as in the beginning. */
final class FileReading {

  private final AudienceRequest request;
  private final AudienceSource.Files source;
  private final SourceFiles files;
  private final Cancellation cancellation;

  /** Looks at the files, and refuses those that cannot be read. */
  FileReading(AudienceRequest request, AudienceSource.Files source, Cancellation cancellation) {
    this.request = request;
    this.source = source;
    this.cancellation = cancellation;
    files = SourceFiles.of(source.path());
  }

  Audience read(Database database) {
    try (Unpacker unpacker = new Unpacker(request, cancellation)) {
      Format format = files.commonFormat();
      if (source.query() == null && files.files().size() == 1) {
        String relation = format.relation(database, unpacker.open(files.files().get(0)));
        return AudienceTable.write(
            database, request, relation, Relation.columns(database, relation));
      }
      new Parts(database, request, source.query() != null, format)
          .load(files.files(), unpacker, this::explain);
      return source.query() == null
          ? AudienceTable.write(database, request, "file", Relation.columns(database, "file"))
          : UserQuery.read(database, request, source.query());
    }
  }

  void requireUnchanged() {
    files.requireUnchanged();
  }

  HostException explain(DatabaseException failure) {
    return explain(source.path(), failure);
  }

  private HostException explain(Path file, DatabaseException failure) {
    requireUnchanged();
    return ReadFailures.explain(
        request, file.toString(), failure, files.commonFormat().explain(file, failure));
  }
}
