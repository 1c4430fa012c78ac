package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes typed rows out of columns. Not safe for use by several threads. */
abstract class RowMaker {

  /** A code, and whether the reference gives it a meaning. */
  record Code(String text, boolean known) {}

  private final CaseStream stream;
  private final int codeColumn;
  private final Timestamps timestamps = new Timestamps();
  private final EventKeys keys = new EventKeys();
  private final SliceCache<Code> codes = new SliceCache<>();
  private final SliceCache<String> users = new SliceCache<>();
  private Code lastCode = new Code("", true);
  private boolean beganRun;
  private @Nullable Problem problem;

  RowMaker(CaseStream stream, int codeColumn) {
    this.stream = stream;
    this.codeColumn = codeColumn;
  }

  static RowMaker of(CaseStream stream) {
    return switch (stream) {
      case CASE_UPDATES -> new UpdateRows();
      case CASE_ENTRIES -> new EntryRows();
    };
  }

  /**
   * The row of columns that begin with a case and what has the shape of a timestamp, or null if a
   * column holds what it cannot; then {@link #problem} says which.
   *
   * @param file the name of the file it stands in
   */
  @Nullable Row row(Fields fields, String file) {
    problem = null;
    long millis = timestamps.parse(fields.bytes, fields.from[1]);
    if (millis == Timestamps.NONE) {
      return wrong(1, "holds no moment in the form yyyy-MM-dd HH:mm:ss.fff");
    }
    if (!fields.code(codeColumn)) {
      return wrong(codeColumn, "holds no code of capital letters and digits");
    }
    lastCode =
        codes.get(
            fields.bytes,
            fields.from[codeColumn],
            fields.to[codeColumn],
            () -> code(fields.slice(codeColumn, codeColumn)));
    return row(fields, file, millis);
  }

  private Code code(String text) {
    return new Code(text, stream.knows(text));
  }

  /** The row, where case, timestamp and code are what they should be. */
  abstract @Nullable Row row(Fields fields, String file, long millis);

  final RowSchema schema() {
    return stream.schema();
  }

  /** The first columns, and the last three fields, are alike in both streams. */
  final void fillIn(
      @Nullable Object[] values, Fields fields, String file, long millis, String digest) {
    beganRun = keys.begins(millis);
    values[0] = fields.text(0);
    values[1] = Instant.ofEpochMilli(millis);
    values[2] =
        fields.empty(2)
            ? null
            : users.get(fields.bytes, fields.from[2], fields.to[2], () -> fields.slice(2, 2));
    values[codeColumn] = lastCode.text();
    values[values.length - 3] = file;
    values[values.length - 2] = fields.line;
    values[values.length - 1] = keys.key(fields, codeColumn, millis, digest, file);
  }

  final String digest(@Nullable String... texts) {
    return keys.digest(texts);
  }

  final @Nullable Row wrong(int column, String how) {
    problem =
        CaseSyncProblem.VALUE_MALFORMED.problem(
            "The column " + stream.documented(column) + " " + how + ".");
    return null;
  }

  /** Why there is no row. */
  Problem problem() {
    if (problem == null) {
      throw new IllegalStateException("The last row was made");
    }
    return problem;
  }

  /** The code of the last row that was made. */
  Code lastCode() {
    return lastCode;
  }

  /** Whether the last row that was made is of another moment than the one before it. */
  boolean beganRun() {
    return beganRun;
  }
}
