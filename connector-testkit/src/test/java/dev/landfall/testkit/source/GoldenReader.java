package dev.landfall.testkit.source;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a stream ten lines at a time; each step can be broken by itself. */
class GoldenReader implements SourceReader {

  static final int BATCH = 10;

  private final ShopWire wire;
  private final ShopStream stream;
  private final long opened;
  private long read;
  private volatile boolean closed;

  GoldenReader(ShopWire wire, ShopStream stream, long from) {
    this.wire = wire;
    this.stream = stream;
    opened = from;
    read = from;
  }

  @Override
  public RowSchema schema() {
    return stream.schema();
  }

  @Override
  public Optional<SourceBatch> read() {
    if (closed) {
      return Optional.empty();
    }
    List<String> lines = lines(read);
    if (lines.isEmpty()) {
      return end();
    }
    List<Row> rows = new ArrayList<>();
    List<Malformed> malformed = new ArrayList<>();
    for (String line : lines) {
      read++;
      Optional<Row> row = row(line);
      if (row.isPresent()) {
        rows.add(row.get());
      } else {
        malformed.add(malformed(line));
      }
    }
    return Optional.of(batch(rows, malformed));
  }

  List<String> lines(long from) {
    return wire.lines(stream.word(), from, BATCH);
  }

  Optional<SourceBatch> end() {
    return Optional.empty();
  }

  Optional<Row> row(String line) {
    return stream.row(line);
  }

  Malformed malformed(String line) {
    Problem problem = problem(line);
    return new Malformed(origin(), position(), line, problem);
  }

  String origin() {
    return "corner/" + stream.word();
  }

  long position() {
    return read;
  }

  Problem problem(String line) {
    return new Problem(
        ProblemKind.RECORD,
        "golden.malformed",
        "The line is no record.",
        "Correct it in the shop.");
  }

  SourceBatch batch(List<Row> rows, List<Malformed> malformed) {
    return new SourceBatch(rows, malformed, cursor());
  }

  Cursor cursor() {
    return new Cursor("line " + read);
  }

  /** How many lines came before what comes next. */
  long readSoFar() {
    return read;
  }

  /** How many lines came before this reader was opened. */
  long openedAt() {
    return opened;
  }

  @Override
  public void close() {
    closed = true;
    wire.close();
  }
}
