package dev.landfall.host.audience;

import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files into a table with one row for each member. Either all of them were read whole, or
 * nothing is left and a {@link HostException} with a code {@code source.…} says why: a row left out
 * would be a member removed. No message or cause ever quotes a row.
 *
 * <p>Safe for use by several threads, if each has its own file to write.
 */
public final class AudienceReader {

  private static final long MEGABYTES_PER_THREAD = 64;

  private final Runnable onceRead;

  /** A reader. */
  public AudienceReader() {
    this(() -> {});
  }

  /**
   * A reader that lets a test in.
   *
   * @param onceRead runs when the file was read, and not yet found to be unchanged
   */
  AudienceReader(Runnable onceRead) {
    this.onceRead = onceRead;
  }

  /**
   * Reads an audience.
   *
   * @param request what to read, and the DuckDB file to write
   * @return counts and schema of what is in that file now, which is closed
   * @throws HostException if the source, the query or the mapping is wrong, if a file changed while
   *     it was read, or if disk or memory do not suffice; the DuckDB file is gone then
   * @throws IllegalArgumentException if the DuckDB file is there already
   */
  public Audience read(AudienceRequest request) {
    if (Files.exists(request.audience())) {
      throw new IllegalArgumentException(request.audience() + " is there already");
    }
    SourceFiles files = SourceFiles.of(request.file());
    boolean done = false;
    try {
      Audience audience = readInto(request, files);
      done = true;
      return audience;
    } finally {
      if (!done) {
        delete(request.audience());
      }
    }
  }

  private Audience readInto(AudienceRequest request, SourceFiles files) {
    Database.Options options =
        new Database.Options(false, request.memoryMegabytes(), request.temporaryFolder());
    try (Unpacker unpacker = new Unpacker(request);
        Database database = Database.open(request.audience(), options)) {
      database.run("set threads = " + threads(request.memoryMegabytes()));
      Audience audience = readInto(database, request, files, unpacker);
      onceRead.run();
      files.requireUnchanged();
      return audience;
    } catch (DatabaseException e) {
      throw explain(request, files, request.file(), e);
    }
  }

  private static Audience readInto(
      Database database, AudienceRequest request, SourceFiles files, Unpacker unpacker) {
    Format format = files.commonFormat();
    if (request.query() == null && files.files().size() == 1) {
      String relation = format.relation(database, unpacker.open(files.files().get(0)));
      return write(database, request, relation, Relation.columns(database, relation));
    }
    new Parts(database, request, format)
        .load(files.files(), unpacker, (file, e) -> explain(request, files, file, e));
    return request.query() == null
        ? write(database, request, "file", Relation.columns(database, "file"))
        : readQuery(database, request, request.query());
  }

  private static Audience readQuery(Database database, AudienceRequest request, String query) {
    database.run("set enable_external_access = false", "set lock_configuration = true");
    String relation = UserQuery.relation(database, query);
    List<Column> columns = UserQuery.columns(database, relation);
    try {
      return write(database, request, relation, columns);
    } catch (DatabaseException e) {
      if (e.isData() && !e.getMessage().contains(Column.FRACTION)) {
        throw SourceProblems.queryFailed(request.file(), e.kind());
      }
      throw e;
    }
  }

  private static Audience write(
      Database database, AudienceRequest request, String relation, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    List<FieldMapping> mappings = Mappings.of(request, names);
    RowSchema schema = Mappings.bind(request, mappings, names);
    int key = schema.index(schema.key().get(0));
    FieldSpec keyField = schema.fields().get(key);
    String id = "";
    List<String> others = new ArrayList<>();
    for (int i = 0; i < mappings.size(); i++) {
      if (i == key) {
        id = value(mappings.get(i), columns, true);
      } else {
        others.add(value(mappings.get(i), columns, false));
      }
    }
    // The smallest of several spellings, so that the same file gives the same audience whatever
    // order threads read it in. Blank ids are a group of their own until they are counted.
    database.run(
        "create table audience as select member, chosen.text as text, chosen.others as others, n"
            + " from (select member, min({'length': length(text), 'text': text, 'others': others})"
            + " as chosen, count(*) as n from (select "
            + IdentitySql.of(keyField.identity(), "text")
            + " as member, text, others from (select "
            + id
            + " as text, ["
            + String.join(", ", others)
            + "]::varchar[] as others from "
            + relation
            + ")) group by member)");
    long[] counts =
        database.one(
            "select coalesce(sum(n), 0), count(member),"
                + " coalesce(sum(n) filter (where member is null), 0) from audience",
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)});
    database.run("delete from audience where member is null", "alter table audience drop column n");
    long duplicates = counts[0] - counts[1] - counts[2];
    return new Audience(
        request.audience(), schema, counts[0], counts[1], duplicates, counts[2], names);
  }

  private static String value(FieldMapping mapping, List<Column> columns, boolean id) {
    if (mapping instanceof FieldMapping.Constant constant) {
      return Database.literal(constant.text());
    }
    String name = ((FieldMapping.Column) mapping).column();
    Column column = columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    return (id ? column.id() : column.text()).orElseThrow(() -> SourceProblems.columnType(column));
  }

  private static HostException explain(
      AudienceRequest request, SourceFiles files, Path file, DatabaseException failure) {
    files.requireUnchanged();
    if (failure.getMessage().contains(Column.FRACTION)) {
      return SourceProblems.fraction(file);
    }
    if (failure.isMemory()) {
      return SourceProblems.memory(request.memoryMegabytes(), request.temporaryFolder());
    }
    return files
        .commonFormat()
        .explain(file, failure)
        .orElseGet(
            () ->
                failure.isDisk() || failure.kind().equals("IO Error")
                    ? SourceProblems.disk(request.audience(), request.temporaryFolder())
                    : SourceProblems.database(file, failure.kind()));
  }

  /** As many threads as have memory for their buffers. */
  private static long threads(long megabytes) {
    return Math.max(
        1, Math.min(Runtime.getRuntime().availableProcessors(), megabytes / MEGABYTES_PER_THREAD));
  }

  private static void delete(Path audience) {
    try {
      Files.deleteIfExists(audience);
      Files.deleteIfExists(audience.resolveSibling(audience.getFileName() + ".wal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
