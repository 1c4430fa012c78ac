package dev.landfall.host.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.landfall.host.HostException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file with one JSON object a line, which is read while it is written and whose last line a crash
 * may have torn.
 */
final class JsonLines implements AutoCloseable {

  static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          // A number or flag that an older host did not know is zero or false.
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final Path file;
  private @Nullable FileOutputStream stream;
  private @Nullable BufferedWriter writer;

  /** Lines for a file, which is made with the first of them; behind those that are there. */
  JsonLines(Path file) {
    this.file = file;
  }

  void add(Object line) throws IOException {
    if (writer == null) {
      FileOutputStream opened = new FileOutputStream(file.toFile(), true);
      stream = opened;
      writer = new BufferedWriter(new OutputStreamWriter(opened, StandardCharsets.UTF_8));
    }
    writer.write(JSON.writeValueAsString(line));
    writer.write('\n');
  }

  /** Flushes, and returns once the lines are on the disk. */
  void force() throws IOException {
    flush();
    if (stream != null) {
      stream.getFD().sync();
    }
  }

  void flush() throws IOException {
    if (writer != null) {
      writer.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  /**
   * Reads a file's lines; none if there is no file.
   *
   * @throws HostException if a line before the last is damaged, or the file cannot be read
   */
  static <T> void read(Path file, Class<T> type, Consumer<T> each) {
    if (!Files.exists(file)) {
      return;
    }
    try (BufferedReader lines = reader(file)) {
      boolean torn = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (torn) {
          throw unreadable(file);
        }
        @Nullable T one = parsed(line, type);
        if (one == null) {
          torn = true;
        } else {
          each.accept(one);
        }
      }
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  /**
   * Takes lines out of a file that nobody writes to. A crash leaves the old file or the new one. A
   * line that cannot be read could hold anything, and goes with them.
   *
   * @return how many lines matched
   */
  static <T> long erase(Path file, Class<T> type, Predicate<T> which) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long erased = 0;
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (BufferedReader lines = reader(file);
        BufferedWriter kept = Files.newBufferedWriter(fresh)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        @Nullable T one = parsed(line, type);
        if (one != null && which.test(one)) {
          erased++;
        } else if (one != null) {
          kept.write(line);
          kept.write('\n');
        }
      }
    }
    replace(fresh, file);
    return erased;
  }

  /** Puts a file in the place of another, once it is on the disk. */
  static void replace(Path fresh, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static <T> @Nullable T parsed(String line, Class<T> type) {
    try {
      return JSON.readValue(line, type);
    } catch (JacksonException e) {
      return null;
    }
  }

  /** A character that is cut in two at the end of a file is no reason not to read the rest. */
  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  private static HostException unreadable(Path file) {
    return KeptRun.unreadable(file);
  }
}
