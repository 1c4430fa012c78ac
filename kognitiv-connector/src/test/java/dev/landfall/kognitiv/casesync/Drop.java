package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.Context;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.sync.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** A folder that files are dropped into, and a source that reads it. */
final class Drop {

  /** A day on which all files of these tests are old. */
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  static final String UPDATES = "case_updates";
  static final String ENTRIES = "case_entries";

  /** All that a reading gave. */
  record Read(
      List<SourceBatch> batches, Map<String, String> notices, Optional<Cursor> last, Cursor begun) {

    List<Row> rows() {
      return batches.stream().flatMap(b -> b.rows().stream()).toList();
    }

    List<Malformed> malformed() {
      return batches.stream().flatMap(b -> b.malformed().stream()).toList();
    }

    List<String> codes() {
      return malformed().stream().map(m -> m.problem().code()).toList();
    }

    List<String> texts(String field) {
      return rows().stream().map(r -> String.valueOf(Drop.value(r, field))).toList();
    }

    List<String> keys() {
      return texts("event_key");
    }

    /** Where to go on, also where nothing came. */
    Cursor cursor() {
      return last.orElse(begun);
    }
  }

  final Path folder;
  private final Map<String, Object> settings = new LinkedHashMap<>();
  Instant now = NOW;
  final Map<String, String> notices = new LinkedHashMap<>();

  Drop(Path folder) {
    this.folder = folder;
    settings.put("folder", folder.toString());
  }

  Drop with(String setting, Object value) {
    settings.put(setting, value);
    return this;
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file that was last changed an hour before now. */
  Path write(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.write(file, bytes);
      return changed(file, now.minusSeconds(3600));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path append(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.writeString(file, text, StandardOpenOption.APPEND);
      return changed(file, now.minusSeconds(1800));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path changed(Path file, Instant when) {
    try {
      return Files.setLastModifiedTime(file, FileTime.from(when));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] packed(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  SourceRequest request(String stream, Cursor from) {
    return new SourceRequest(
        stream,
        CaseSyncSettings.ALL.settings(settings, folder).orThrow(),
        from,
        Context.builder()
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .notices((code, message) -> notices.merge(code, message, (a, b) -> a + "\n" + b))
            .build());
  }

  SourceReader open(String stream, Cursor from) {
    return new CaseSyncSource().open(request(stream, from));
  }

  CheckReport check(String stream) {
    return new CaseSyncSource().check(request(stream, null));
  }

  Read updates() {
    return updates(null);
  }

  Read updates(Cursor from) {
    return read(UPDATES, from);
  }

  Read entries() {
    return read(ENTRIES, null);
  }

  /** Everything up to the end. */
  Read read(String stream, Cursor from) {
    notices.clear();
    List<SourceBatch> batches = new ArrayList<>();
    try (SourceReader reader = open(stream, from)) {
      for (Optional<SourceBatch> next = reader.read(); next.isPresent(); next = reader.read()) {
        batches.add(next.get());
      }
    }
    Optional<Cursor> last =
        batches.isEmpty()
            ? Optional.empty()
            : Optional.of(batches.get(batches.size() - 1).resumeFrom());
    return new Read(batches, Map.copyOf(notices), last, from);
  }

  static Object value(Row row, String field) {
    return row.value(row.schema().index(field));
  }
}
