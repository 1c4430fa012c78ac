package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.Malformed;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one file, from its beginning or from a bookmark. From a bookmark it first reads
 * what was read before and gives nothing of it: to see that the file is still the one that was
 * read, and to know again how often keys of the last moment occurred.
 */
final class FileReading implements AutoCloseable {

  /** What came of a step. */
  enum Step {
    /** There may be more. */
    MORE,
    /** The file was read to its end. */
    END,
    /** The file ends within a row and may still be written; the row was left. */
    UNFINISHED,
    /** The file is not the one that was read before; nothing of it was given. */
    REPLACED
  }

  private final DropFile file;
  private final @Nullable Bookmark from;
  private final int longest;
  private final ReadingNotes notes;
  private final InputStream in;
  private final Fingerprint fingerprint;
  private final LineScanner scanner;
  private final RowScanner rows;
  private final RowMaker maker;
  private boolean begun;
  private boolean verified;
  private long run;
  private long runLine;

  /**
   * Opens a file.
   *
   * @param from how far it was read before, or null to begin at its beginning
   * @param stillWritten whether the file may go on where it ends now
   */
  FileReading(
      CaseStream stream,
      DropFile file,
      @Nullable Bookmark from,
      Content content,
      int longest,
      BooleanSupplier stillWritten,
      ReadingNotes notes)
      throws IOException {
    this.file = file;
    this.from = from;
    this.longest = longest;
    this.notes = notes;
    verified = from == null;
    run = from == null ? 0 : from.run();
    runLine = from == null ? 0 : from.runLine();
    fingerprint = new Fingerprint(from == null ? 0 : from.offset());
    maker = RowMaker.of(stream);
    in = content.open(file);
    scanner = new LineScanner(in, content, longest, fingerprint);
    rows = new RowScanner(stream, scanner, runLine, stillWritten);
  }

  /**
   * Reads the next row, or what is none, into a batch.
   *
   * @throws dev.landfall.connector.ConnectorException if a line is longer than a row may be
   */
  Step advance(PartialBatch batch) throws IOException {
    if (!begun) {
      begun = true;
      if (!scanner.skipTo(run)) {
        return Step.REPLACED;
      }
    }
    return switch (rows.next()) {
      case ROW -> row(batch);
      case MALFORMED -> give(batch, null, rows.problem());
      case UNFINISHED -> verify() ? Step.UNFINISHED : Step.REPLACED;
      case TOO_LONG -> tooLong();
      case END -> verify() ? Step.END : Step.REPLACED;
    };
  }

  private Step row(PartialBatch batch) {
    Fields fields = rows.fields();
    if (!fields.ascii && !RawText.isText(scanner.bytes, scanner.mark, rows.end())) {
      return give(
          batch,
          null,
          CaseSyncProblem.BYTES_MALFORMED.problem(
              "The row holds bytes that are none of the encoding; here they are written as \\x and"
                  + " two digits."));
    }
    Row row = maker.row(fields, file.name().text());
    if (row == null) {
      return give(batch, null, maker.problem());
    }
    if (maker.beganRun()) {
      run = scanner.offset(scanner.mark);
      runLine = fields.line - 1;
    }
    return give(batch, row, null);
  }

  /** Gives a row, or else what is none, unless it was given before. */
  private Step give(PartialBatch batch, @Nullable Row row, @Nullable Problem problem) {
    if (!verified && from != null) {
      if (scanner.offset(rows.end()) <= from.offset()) {
        return Step.MORE;
      }
      if (!verify()) {
        return Step.REPLACED;
      }
      if (scanner.offset(scanner.mark) < from.offset()) {
        notes.lineContinued(file.name());
      }
    }
    int length = rows.end() - scanner.mark;
    if (row != null) {
      batch.add(row, length);
      notes.code(maker.lastCode());
    } else if (problem != null) {
      String raw = RawText.of(scanner.bytes, scanner.mark, rows.end());
      batch.add(new Malformed(file.name().text(), rows.fields().line, raw, problem), length);
    }
    return Step.MORE;
  }

  /** Whether what was read before is still what the file begins with. */
  private boolean verify() {
    if (!verified && from != null && scanner.reached(from.offset())) {
      scanner.digestTo(from.offset());
      verified = fingerprint.was(from.digest());
    }
    return verified;
  }

  private Step tooLong() {
    if (!verify()) {
      return Step.REPLACED;
    }
    throw CaseSyncProblem.LINE_TOO_LONG.exception(
        "%s, line %d, has more than %d bytes, which is the limit."
            .formatted(file.name().text(), rows.fields().line, longest));
  }

  /**
   * How far the file was read.
   *
   * @param complete whether that is to its end
   * @param seen what tells later that the file is as it is now, or empty
   */
  Bookmark bookmark(boolean complete, String seen) {
    long offset = scanner.offset(scanner.next);
    if (from != null && offset < from.offset()) {
      // A last line that was given goes on, and is not at its end yet: it is looked at again.
      return new Bookmark(
          file.name(), false, from.offset(), from.digest(), from.run(), from.runLine(), "", "");
    }
    scanner.digestTo(offset);
    return new Bookmark(
        file.name(),
        complete,
        offset,
        fingerprint.value(),
        run,
        runLine,
        seen,
        Bookmark.mark(file));
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    in.close();
  }
}
