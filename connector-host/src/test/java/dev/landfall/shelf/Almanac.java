package dev.landfall.shelf;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A source whose streams are files, one event a line: {@code id|count|moment}. A cursor is a number
 * of lines, and {@code opened.log} has each one that a reader was opened at. The line {@code
 * !fails} cannot be read past, and {@code !waits} ends once the reader is closed; {@code !null},
 * {@code !throws} and {@code !other} break the contract.
 */
public final class Almanac implements Source {

  private static final Setting<Path> FOLDER = Setting.path("folder", "Folder").required();
  private static final Setting<Long> BATCH = Setting.integer("batch", "Batch").orElse(2L);

  private static final RowSchema SCHEMA =
      new RowSchema(
          List.of(
              FieldSpec.of("id", FieldType.TEXT),
              FieldSpec.of("count", FieldType.INTEGER),
              FieldSpec.of("moment", FieldType.INSTANT)),
          List.of("id"));

  private static final RowSchema OTHER =
      new RowSchema(List.of(FieldSpec.of("id", FieldType.TEXT)), List.of("id"));

  @Override
  public SourceDescriptor descriptor() {
    return new SourceDescriptor(
        "almanac",
        "Almanac",
        "1.0.0",
        SettingsSpec.of(FOLDER, BATCH),
        List.of(
            new SourceDescriptor.Stream("events", "What happened.", SCHEMA, true),
            new SourceDescriptor.Stream("facts", "What is so.", SCHEMA, false)));
  }

  @Override
  public CheckReport check(SourceRequest request) {
    return new CheckReport(
        List.of(
            Files.exists(file(request))
                ? CheckReport.Item.passed("almanac", "It lies there.")
                : CheckReport.Item.failed("almanac", missing())));
  }

  @Override
  public SourceReader open(SourceRequest request) {
    Path file = file(request);
    if (!Files.exists(file)) {
      throw new ConnectorException(missing());
    }
    Cursor from = request.resumeFrom();
    log(file, from);
    return new Reader(
        request,
        file,
        from == null ? 0 : Integer.parseInt(from.value()),
        request.settings().get(BATCH).intValue());
  }

  private static Path file(SourceRequest request) {
    return request.settings().get(FOLDER).resolve(request.stream() + ".txt");
  }

  private static void log(Path file, @Nullable Cursor from) {
    try {
      Files.writeString(
          file.resolveSibling("opened.log"),
          (from == null ? "begin" : from.value()) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem missing() {
    return new Problem(
        ProblemKind.CONFIGURATION, "almanac.missing", "There is no almanac.", "Write one.");
  }

  private static final class Reader implements SourceReader {
    private final SourceRequest request;
    private final List<String> lines;
    private final Path file;
    private final int size;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int next;

    Reader(SourceRequest request, Path file, int next, int size) {
      this.request = request;
      this.file = file;
      this.next = next;
      this.size = size;
      try {
        lines = Files.readAllLines(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public RowSchema schema() {
      return SCHEMA;
    }

    @Override
    @SuppressWarnings("NullableOptional") // it may be asked to break its contract
    public @Nullable Optional<SourceBatch> read() {
      if (next >= lines.size()) {
        return Optional.empty();
      }
      List<Row> rows = new ArrayList<>();
      List<Malformed> malformed = new ArrayList<>();
      for (int i = 0; i < size && next < lines.size(); i++) {
        String line = lines.get(next);
        switch (line) {
          case "!null" -> {
            return null;
          }
          case "!throws" -> throw new IllegalStateException("of line " + line);
          case "!fails" ->
              throw new ConnectorException(
                  new Problem(
                      ProblemKind.UNAVAILABLE, "almanac.torn", "The page is torn.", "Mend it."));
          case "!waits" -> {
            awaitClose();
            return Optional.empty();
          }
          case "!other" -> rows.add(Row.of(OTHER, "1"));
          case "!tells" -> request.context().notice("almanac.note", "There is a note.");
          default -> add(line, rows, malformed);
        }
        next++;
      }
      return Optional.of(new SourceBatch(rows, malformed, new Cursor(String.valueOf(next))));
    }

    private void add(String line, List<Row> rows, List<Malformed> malformed) {
      String[] parts = line.split("\\|", -1);
      try {
        rows.add(
            Row.of(
                SCHEMA,
                parts[0].isEmpty() ? null : parts[0],
                Long.valueOf(parts[1]),
                parts[2].isEmpty() ? null : Instant.parse(parts[2])));
      } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException e) {
        malformed.add(
            new Malformed(
                String.valueOf(file.getFileName()),
                next + 1L,
                line,
                new Problem(
                    ProblemKind.RECORD, "almanac.no-event", "This is no event.", "Correct it.")));
      }
    }

    private void awaitClose() {
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
