package dev.landfall.host.history;

import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a run was answered for every change: lines while it is under way, and packed into a Parquet
 * file, a tenth of the size, once it has ended. Whichever is there is whole.
 */
final class ChangesFile {

  private static final String COLUMNS =
      "member, text, direction, outcome, code, message, remedy, epoch_us(\"at\") as micros,"
          + " confirms";

  /** What files of an older host lack. */
  private static final String NEWER = "select null::varchar as confirms where false";

  private final Path lines;
  private final Path packed;

  ChangesFile(Path run) {
    lines = run.resolve("changes.jsonl");
    packed = run.resolve("changes.parquet");
  }

  /** The file of a run that is under way. */
  Path lines() {
    return lines;
  }

  private boolean exists() {
    return Files.exists(packed) || Files.exists(lines);
  }

  /**
   * Packs the lines, if there are any; a crash leaves what was there before, or the packed file.
   */
  void pack(Database database) throws IOException, DatabaseException {
    if (!Files.exists(lines)) {
      return;
    }
    // A line that a crash tore reads as nulls.
    copy(database, "select * from " + fromLines() + " where member is not null");
    Files.delete(lines);
  }

  /** What the run asked for a member; also while its lines are being packed. */
  List<Attempt> attempts(Database database, String member) throws DatabaseException {
    boolean lines = !Files.exists(packed);
    try {
      return exists() ? read(database, member) : List.of();
    } catch (DatabaseException e) {
      if (lines && Files.exists(packed)) {
        return read(database, member);
      }
      if (exists()) {
        throw e;
      }
      // The run was let go meanwhile.
      return List.of();
    }
  }

  private List<Attempt> read(Database database, String member) {
    return database.query(
        "select " + COLUMNS + " from " + relation() + " where member = ?",
        ChangesFile::attempt,
        member);
  }

  /**
   * Erases a member.
   *
   * @return how many changes of it there were
   */
  long erase(Database database, String member) throws IOException, DatabaseException {
    long erased = JsonLines.erase(lines, Attempt.class, a -> a.member().equals(member));
    if (!Files.exists(packed)) {
      return erased;
    }
    long there =
        database.one(
            "select count(*) from " + fromPacked() + " where member = ?",
            r -> r.getLong(1),
            member);
    if (there > 0) {
      copy(
          database,
          "select * from " + fromPacked() + " where member <> " + Database.literal(member));
    }
    return erased + there;
  }

  private void copy(Database database, String query) throws IOException {
    Path fresh = packed.resolveSibling("changes.parquet.new");
    database.run(
        "copy ("
            + query
            + ") to "
            + Database.literal(fresh.toString())
            + " (format parquet, compression zstd)");
    JsonLines.replace(fresh, packed);
  }

  private String relation() {
    return Files.exists(packed) ? fromPacked() : fromLines();
  }

  private String fromPacked() {
    return "(from read_parquet("
        + Database.literal(packed.toString())
        + ") union all by name "
        + NEWER
        + ")";
  }

  private String fromLines() {
    return "read_json("
        + Database.literal(lines.toString())
        + ", format = 'newline_delimited', ignore_errors = true, columns = {member: 'VARCHAR',"
        + " text: 'VARCHAR', direction: 'VARCHAR', outcome: 'VARCHAR', code: 'VARCHAR',"
        + " message: 'VARCHAR', remedy: 'VARCHAR', \"at\": 'TIMESTAMP',"
        + " confirms: 'VARCHAR'})";
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    long micros = row.getLong(8);
    Instant at =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, TimeUnit.SECONDS.toMicros(1)),
            TimeUnit.MICROSECONDS.toNanos(Math.floorMod(micros, TimeUnit.SECONDS.toMicros(1))));
    return new Attempt(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        at.toString(),
        row.getString(9));
  }
}
