package dev.landfall.kognitiv.sandbox.casesync;

import dev.landfall.testkit.sandbox.SourceTestbed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of Case Sync files, in all the ways in which they are known to come: some days packed,
 * some with a header, some with the line ends of Windows. The file of the last day grows.
 */
final class CaseSyncDrop implements SourceTestbed {

  /** More than two batches. */
  private static final int SEVERAL_BATCHES = 2100;

  private final Path folder;
  private final Map<CaseFiles, Written> written = new HashMap<>();
  private int malformed;

  /** What one kind of files holds. */
  private static final class Written {
    private final List<List<@Nullable Object>> records = new ArrayList<>();
    private int day = -1;
    private long lines;
  }

  CaseSyncDrop(Path root) {
    folder = root.resolve("drop");
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (CaseFiles files : CaseFiles.values()) {
      written.put(files, new Written());
    }
  }

  private Written of(CaseFiles files) {
    return written.computeIfAbsent(files, unused -> new Written());
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("folder", folder.toString());
  }

  @Override
  public Map<String, Object> missingSettings() {
    return Map.of("folder", folder.resolveSibling("nowhere").toString());
  }

  @Override
  public synchronized void makeRecords(String stream, int first, int last) {
    CaseFiles files = CaseFiles.of(stream);
    int from = first;
    while (from <= last) {
      int day = CaseFiles.day(from);
      int to = Math.min(last, (day + 1) * CaseFiles.OF_A_DAY);
      append(files, day, from, to);
      from = to + 1;
    }
  }

  private void append(CaseFiles files, int day, int first, int last) {
    Written so = of(files);
    StringBuilder text = new StringBuilder(begin(files, so, day));
    for (int number = first; number <= last; number++) {
      Event event = files.event(number);
      so.records.add(values(event, name(files, day), so.lines + 1));
      add(text, so, event.line(lineEnd(day)));
    }
    write(files, day, text.toString());
  }

  /** What a day's file begins with, if it is only begun now. */
  private static String begin(CaseFiles files, Written so, int day) {
    if (so.day == day) {
      return "";
    }
    so.day = day;
    so.lines = 0;
    StringBuilder text = new StringBuilder();
    if (day % 2 == 0) {
      add(text, so, files.header() + "  " + lineEnd(day));
    }
    return text.toString();
  }

  private static void add(StringBuilder text, Written so, String lines) {
    text.append(lines);
    so.lines += lines.chars().filter(c -> c == '\n').count();
  }

  private static String lineEnd(int day) {
    return day % 4 == 1 ? "\r\n" : "\n";
  }

  private static boolean packed(int day) {
    return day % 3 == 2;
  }

  private static String name(CaseFiles files, int day) {
    return files.name(day) + (packed(day) ? ".gz" : "");
  }

  /** What is packed grows by another member of its file. */
  private void write(CaseFiles files, int day, String text) {
    try (OutputStream file =
            Files.newOutputStream(
                folder.resolve(name(files, day)),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        OutputStream out = packed(day) ? new GZIPOutputStream(file) : file) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<@Nullable Object> values(Event event, String file, long line) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int column = 0; column < event.texts().size(); column++) {
      values.add(event.value(column));
    }
    values.set(Event.MOMENT, event.moment());
    values.add(file);
    values.add(line);
    values.add(event.key());
    return values;
  }

  @Override
  public synchronized List<@Nullable Object> record(String stream, int number) {
    return of(CaseFiles.of(stream)).records.get(number - 1);
  }

  /** The name of a file is told with whatever stands in it. */
  @Override
  public boolean isConfidential(String stream, String field) {
    return !field.equals("source_file");
  }

  /** A line torn off, a row with too few columns, a moment that there never was. */
  @Override
  public synchronized Optional<String> makeMalformed(String stream) {
    CaseFiles files = CaseFiles.of(stream);
    Written so = of(files);
    int day = Math.max(0, so.day);
    int number = ++malformed;
    String raw =
        switch (number % 3) {
          case 0 -> "...and that was all, %06d said".formatted(number);
          case 1 -> "99%06d|2020-01-01 10:00:00.000|torn off".formatted(number);
          default -> "99%06d|2020-02-30 10:00:00.000|".formatted(number) + "|".repeat(20);
        };
    StringBuilder text = new StringBuilder(begin(files, so, day));
    add(text, so, raw + lineEnd(day));
    write(files, day, text.toString());
    return Optional.of(raw);
  }

  @Override
  public int severalBatches() {
    return SEVERAL_BATCHES;
  }

  /** The folder is not there for a time, as one that lies on another machine. */
  @Override
  public Optional<Outage> failure() {
    Path away = folder.resolveSibling("away");
    move(folder, away);
    return Optional.of(() -> move(away, folder));
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder needs no end. */
  @Override
  public void close() {}
}
