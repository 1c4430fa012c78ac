package dev.landfall.cli.lines;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of a file, each a member. */
public final class LinesSource implements Source {

  static final String STREAM = "lines";

  private static final int BATCH = 1000;

  private static final Setting<Path> FILE =
      Setting.path("file", "File").description("Where the lines are.").required();

  private static final RowSchema SCHEMA =
      new RowSchema(List.of(FieldSpec.of("id", FieldType.TEXT)), List.of("id"));

  private static final SourceDescriptor DESCRIPTOR =
      new SourceDescriptor(
          "lines",
          "Lines",
          "1.0.0",
          SettingsSpec.of(FILE),
          List.of(new SourceDescriptor.Stream(STREAM, "All lines of the file.", SCHEMA, true)));

  /** For ServiceLoader. */
  public LinesSource() {}

  @Override
  public SourceDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public CheckReport check(SourceRequest request) {
    try {
      int unused = position(request.resumeFrom());
      return new CheckReport(
          List.of(CheckReport.Item.passed("file", "It has " + lines(request).size() + " lines.")));
    } catch (ConnectorException e) {
      return new CheckReport(List.of(CheckReport.Item.failed("file", e.problem())));
    }
  }

  @Override
  public SourceReader open(SourceRequest request) {
    int from = position(request.resumeFrom());
    int unused = lines(request).size();
    return new Reader(request, from);
  }

  private static List<String> lines(SourceRequest request) {
    if (!request.stream().equals(STREAM)) {
      throw refused("stream", "There is no such stream.");
    }
    try {
      return Files.readAllLines(request.settings().get(FILE));
    } catch (IOException e) {
      throw refused("file", "The file cannot be read.");
    }
  }

  private static int position(@Nullable Cursor cursor) {
    try {
      return cursor == null ? 0 : Integer.parseUnsignedInt(cursor.value());
    } catch (NumberFormatException e) {
      throw refused("cursor", "The cursor is none of this connector's.");
    }
  }

  private static ConnectorException refused(String what, String message) {
    return new ConnectorException(
        new Problem(ProblemKind.CONFIGURATION, "lines." + what, message, "Correct it."));
  }

  private static final class Reader implements SourceReader {
    private final SourceRequest request;
    private int next;
    private volatile boolean closed;

    Reader(SourceRequest request, int from) {
      this.request = request;
      next = from;
    }

    @Override
    public RowSchema schema() {
      return SCHEMA;
    }

    @Override
    public Optional<SourceBatch> read() {
      List<String> all = closed ? List.of() : lines(request);
      if (next >= all.size()) {
        return Optional.empty();
      }
      int end = Math.min(all.size(), next + BATCH);
      List<Row> rows = all.subList(next, end).stream().map(line -> Row.of(SCHEMA, line)).toList();
      next = end;
      return Optional.of(new SourceBatch(rows, List.of(), new Cursor(String.valueOf(end))));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
