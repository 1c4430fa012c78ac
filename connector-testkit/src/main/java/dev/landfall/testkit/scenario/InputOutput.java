package dev.landfall.testkit.scenario;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThreadGroup;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a scenario read and write while they do something, as Java's own flight
 * recorder has it. Classes and files that come from where classes come from do not count.
 */
final class InputOutput {

  private static final List<String> FILES = List.of("jdk.FileRead", "jdk.FileWrite");

  /** Of these, JDK 17 does not know the last. */
  private static final List<String> SOCKETS =
      List.of("jdk.SocketRead", "jdk.SocketWrite", "jdk.SocketConnect");

  private static final String PROCESS = "jdk.ProcessStart";

  /** The stage of a scenario, of whichever kind of connector. */
  @FunctionalInterface
  interface Expecting {
    void expect(boolean holds, String expected, String actual);
  }

  private InputOutput() {}

  /** Does something, during which nothing may be read, written or started. */
  static void forbidden(
      Path scratch, @Nullable Path plugin, Expecting stage, String when, Callable<?> work)
      throws Exception {
    List<String> all = Stream.of(FILES, SOCKETS, List.of(PROCESS)).flatMap(List::stream).toList();
    Set<String> seen = during(scratch, plugin, all, work);
    stage.expect(
        seen.isEmpty(),
        "nothing to be read or written " + when,
        "there was " + String.join(", ", seen));
  }

  /** Does something; says what was connected to, and whether a process was started, meanwhile. */
  static Set<String> connections(Path scratch, Runnable work) throws Exception {
    List<String> some = Stream.of(SOCKETS, List.of(PROCESS)).flatMap(List::stream).toList();
    return during(scratch, null, some, Executors.callable(work));
  }

  private static Set<String> during(
      Path scratch, @Nullable Path plugin, List<String> names, Callable<?> work) throws Exception {
    ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    Path file = scratch.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      names.forEach(name -> recording.enable(name).withoutThreshold());
      recording.start();
      Object unused = work.call();
      recording.stop();
      recording.dump(file);
    }
    Set<String> seen = new LinkedHashSet<>();
    for (RecordedEvent event : events(file)) {
      // Other recordings of this process may have other events put into the file.
      if (names.contains(event.getEventType().getName())
          && event.getThread() != null
          && isIn(group.getName(), event.getThread().getThreadGroup())) {
        String words = words(event, plugin);
        if (words != null) {
          seen.add(words);
        }
      }
    }
    return seen;
  }

  private static boolean isIn(String name, @Nullable RecordedThreadGroup group) {
    return group != null && (name.equals(group.getName()) || isIn(name, group.getParent()));
  }

  private static List<RecordedEvent> events(Path file) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        events.add(recording.readEvent());
      }
    }
    Files.delete(file);
    return events;
  }

  private static @Nullable String words(RecordedEvent event, @Nullable Path plugin) {
    String name = event.getEventType().getName();
    if (FILES.contains(name)) {
      String path = event.getString("path");
      // The standard streams have no path.
      return path == null || bringsClasses(Path.of(path), plugin) ? null : "the file " + path;
    }
    return SOCKETS.contains(name)
        ? "a connection to port " + event.getInt("port")
        : "another process";
  }

  private static boolean bringsClasses(Path path, @Nullable Path plugin) {
    Path absolute = path.toAbsolutePath();
    return absolute.startsWith(Path.of(System.getProperty("java.home")))
        || (plugin != null && absolute.startsWith(plugin.toAbsolutePath()))
        || List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
            .filter(entry -> !entry.isEmpty())
            .anyMatch(entry -> absolute.startsWith(Path.of(entry).toAbsolutePath()));
  }
}
