package dev.landfall.cli;

import dev.landfall.cli.CaseStory.Event;
import dev.landfall.cli.CaseStory.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a story into a folder as daily files in random ways: with a header or not, a byte order
 * mark, either line end, packed, while a reader looks on, late, in parts, and once more under the
 * same or another name.
 */
final class CaseDrop {

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final Duration OLD = Duration.ofHours(1);
  private static final Duration UNDER_WAY = Duration.ofSeconds(10);

  /** A file that is there, and what it holds. */
  private record Delivered(String name, List<Event> events) {}

  private record Delivery(LocalDate day, String name, List<Event> events) {}

  private final Path folder;
  private final Kind kind;
  private final Random random;
  private final Supplier<FileTime> now;
  private final Runnable lookOn;
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Map<LocalDate, Integer> awaited = new HashMap<>();
  private final Map<LocalDate, List<Delivered>> files = new HashMap<>();
  private final Map<LocalDate, Integer> numbers = new HashMap<>();

  /**
   * A drop.
   *
   * @param now when it is for who reads the folder
   * @param lookOn reads the folder, while a file grows
   */
  CaseDrop(
      Path folder,
      CaseStory story,
      Kind kind,
      Random random,
      Supplier<FileTime> now,
      Runnable lookOn) {
    this.folder = folder;
    this.kind = kind;
    this.random = random;
    this.now = now;
    this.lookOn = lookOn;
    story.days(kind).forEach(this::plan);
    for (int i = 1; i < deliveries.size(); i++) {
      if (chance(15)) {
        Collections.swap(deliveries, i - 1, i);
      }
    }
  }

  private void plan(LocalDate day, List<List<Event>> parts) {
    for (List<Event> part : parts) {
      deliveries.add(new Delivery(day, name(day), part));
    }
    awaited.put(day, parts.size());
  }

  /** Another name for a file of the day, behind those before it. */
  private String name(LocalDate day) {
    int number =
        numbers.merge(day, chance(60) ? 0 : 1 + random.nextInt(3), (last, more) -> last + more + 1);
    String[] forms = {"_%d", "-%d", ".%d", "(%d)", " (%d)"};
    String form = forms[random.nextInt(forms.length)];
    return kind.prefix + "_" + DAY.format(day) + (number == 0 ? "" : form.formatted(number));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  boolean isDone() {
    return deliveries.isEmpty();
  }

  /** Brings what comes next, and sometimes something that was there. */
  void deliver() {
    Delivery next = deliveries.remove(0);
    write(next.day(), next.name(), next.events());
    awaited.merge(next.day(), -1, Integer::sum);
    if (chance(30)) {
      again(next.day());
    }
  }

  /** A day may come again as a whole; a file with another header, line end or packing. */
  private void again(LocalDate day) {
    List<Delivered> there = files.get(day);
    if (awaited.get(day) == 0 && chance(50)) {
      List<Event> whole =
          there.stream()
              .sorted((a, b) -> a.events().get(0).time().compareTo(b.events().get(0).time()))
              .flatMap(d -> d.events().stream())
              .toList();
      there.clear();
      write(day, name(day), whole);
      return;
    }
    Delivered one = there.remove(random.nextInt(there.size()));
    write(day, one.name(), one.events());
  }

  private void write(LocalDate day, String name, List<Event> events) {
    byte[] bytes = text(events).getBytes(StandardCharsets.UTF_8);
    Path plain = folder.resolve(name + ".txt");
    Path packed = folder.resolve(name + ".txt.gz");
    try {
      if (Files.exists(packed) || (!Files.exists(plain) && chance(20))) {
        put(packed, gzip(bytes), OLD);
      } else {
        for (int part = 0; part < bytes.length && chance(30); ) {
          part += random.nextInt(bytes.length - part + 1);
          put(plain, Arrays.copyOf(bytes, part), UNDER_WAY);
          lookOn.run();
        }
        put(plain, bytes, OLD);
        if (chance(10)) {
          lookOn.run();
          put(packed, gzip(bytes), OLD);
          Files.delete(plain);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.computeIfAbsent(day, d -> new ArrayList<>()).add(new Delivered(name, events));
  }

  private String text(List<Event> events) {
    String end = chance(70) ? "\n" : "\r\n";
    String blanks = chance(80) ? "" : "  ";
    StringBuilder text = new StringBuilder(chance(20) ? "\uFEFF" : "");
    text.append(chance(60) ? kind.header + blanks + end : "");
    for (Event event : events) {
      text.append(event.line().replace("\n", end)).append(blanks).append(end);
      text.append(chance(3) ? end : "");
    }
    return text.toString();
  }

  private void put(Path file, byte[] bytes, Duration age) throws IOException {
    Files.write(file, bytes);
    Files.setLastModifiedTime(
        file, FileTime.from(now.get().toInstant().minus(age).plusMillis(random.nextInt(5000))));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
