package dev.landfall.kognitiv.casesync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.sync.Row;
import dev.landfall.kognitiv.casesync.RandomHistory.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories, written as files in random ways and delivered in random ways, read through
 * cursors by readers that are killed: what arrives is the history, every event once, in order.
 *
 * <p>{@code -Dlandfall.fuzz=N} tries N histories instead of a few.
 */
class HistoryTest {

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  @TempDir private Path folder;
  private Drop drop;
  private Random random;
  private final Map<String, Row> table = new LinkedHashMap<>();
  private Cursor stored;

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("landfall.fuzz", 40));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatArrivesIsTheHistory(long seed) throws IOException {
    random = new Random(seed);
    drop = new Drop(folder);
    RandomHistory history = new RandomHistory(random, chance(20) ? 4000 : 300);

    deliver(history);
    sync(false);

    List<Row> rows = new ArrayList<>(table.values());
    rows.sort(Comparator.comparing(row -> row.instant(1)));
    assertThat(rows.stream().map(HistoryTest::columns)).isEqualTo(columns(history));
    table.clear();
    stored = null;
    sync(false);
    assertThat(table.values().stream().map(HistoryTest::columns))
        .as("from the beginning, without sorting")
        .isEqualTo(columns(history));
  }

  private static List<List<String>> columns(RandomHistory history) {
    return history.events().stream().map(HistoryTest::columns).toList();
  }

  private static List<String> columns(Event event) {
    List<String> columns = new ArrayList<>(event.columns());
    columns.set(1, event.time().toString());
    return columns;
  }

  private static List<String> columns(Row row) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < CaseStream.CASE_UPDATES.width(); i++) {
      columns.add(Objects.toString(row.value(i), ""));
    }
    return columns;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Reads on, and may be killed: what was given stays, and where to go on may be forgotten. */
  private void sync(boolean killed) {
    int left = killed ? random.nextInt(3) : Integer.MAX_VALUE;
    try (SourceReader reader = drop.open(Drop.UPDATES, stored)) {
      for (Optional<SourceBatch> next = reader.read(); next.isPresent(); next = reader.read()) {
        assertThat(next.get().malformed()).isEmpty();
        for (Row row : next.get().rows()) {
          table.put(String.valueOf(Drop.value(row, "event_key")), row);
        }
        if (left-- <= 0) {
          return;
        }
        stored = next.get().resumeFrom();
      }
    }
  }

  private void deliver(RandomHistory history) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Runnable> deliveries = new ArrayList<>();
    List<Integer> cuts = history.cuts();
    int from = 0;
    int number = 0;
    for (int cut : cuts.subList(1, cuts.size())) {
      LocalDate day = history.events().get(from).day();
      boolean dayEnds =
          cut == history.events().size() || !history.events().get(cut).day().equals(day);
      if (dayEnds || chance(2)) {
        String name = "CaseUpdatesSync_" + DAY.format(day) + (number > 0 ? "_" + number : "");
        List<Event> before = redelivered(history, cuts, from);
        List<Event> events = new ArrayList<>(before);
        events.addAll(history.events().subList(from, cut));
        deliveries.add(() -> deliver(files, name, events));
        from = cut;
        number = dayEnds ? 0 : number + 1;
      }
    }
    for (int i = 1; i < deliveries.size(); i++) {
      if (chance(10)) {
        Collections.swap(deliveries, i - 1, i);
      }
    }
    for (Runnable delivery : deliveries) {
      delivery.run();
      if (chance(50)) {
        sync(chance(50));
      }
      if (chance(15) && !files.isEmpty()) {
        again(files, random.nextInt(files.size()));
      }
    }
  }

  /** Sometimes a file begins with events that were delivered before. */
  private List<Event> redelivered(RandomHistory history, List<Integer> cuts, int before) {
    int end = cuts.indexOf(before);
    if (end < 1 || !chance(20)) {
      return List.of();
    }
    int begin = random.nextInt(end);
    return history.events().subList(cuts.get(begin), before);
  }

  private String text(List<Event> events) {
    String end = chance(70) ? "\n" : "\r\n";
    String blanks = chance(80) ? "" : " \u00a0 ";
    StringBuilder text = new StringBuilder(chance(20) ? "\uFEFF" : "");
    text.append(chance(50) ? Lines.HEADER.replace("\n", blanks + end) : "");
    for (Event event : events) {
      text.append(event.line().replace("\n", end)).append(blanks).append(end);
      text.append(chance(3) ? end : "");
    }
    return text.toString();
  }

  private void deliver(List<Path> files, String name, List<Event> events) {
    String text = text(events);
    if (chance(20)) {
      files.add(drop.write(name + ".txt.gz", Drop.packed(text)));
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int written = 0;
    while (written < bytes.length && chance(40)) {
      written += random.nextInt(bytes.length - written + 1);
      Path growing = drop.write(name + ".txt", java.util.Arrays.copyOf(bytes, written));
      Drop.changed(growing, drop.now.minusSeconds(10));
      sync(chance(30));
    }
    if (chance(90)) {
      files.add(drop.write(name + ".txt", bytes));
    } else {
      // The end of the last line never comes; that it was the last is told by time alone.
      String whole = text.stripTrailing();
      files.add(drop.write(name + ".txt", whole));
      drop.now = drop.now.plus(Duration.ofMinutes(10));
    }
  }

  /** Delivers a file once more: in another form, under another name, or packed. */
  private void again(List<Path> files, int which) throws IOException {
    Path file = files.get(which);
    String name = file.getFileName().toString();
    if (name.endsWith(".gz")) {
      drop.write(name.replace(".txt", "-77.txt"), Files.readAllBytes(file));
      return;
    }
    String text = Files.readString(file);
    switch (random.nextInt(3)) {
      case 0 ->
          drop.write(
              name, text.contains("\r\n") ? text.replace("\r\n", "\n") : Lines.HEADER + text);
      case 1 -> drop.write(name.replace(".txt", "-88.txt"), text);
      default -> {
        Files.delete(file);
        files.set(which, drop.write(name + ".gz", Drop.packed(text)));
      }
    }
  }
}
