package dev.landfall.cli.lines;

import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.sandbox.SourceTestbedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A file of lines. */
public final class LinesTestbed implements SourceTestbed {

  private final Path file;

  private LinesTestbed(Path file) {
    this.file = file;
  }

  /** For ServiceLoader. */
  public static final class Provider implements SourceTestbedProvider {
    /** Makes nothing yet. */
    public Provider() {}

    @Override
    public String connector() {
      return "lines";
    }

    @Override
    public SourceTestbed start(Path folder) {
      Path file = folder.resolve("lines.txt");
      write(file, List.of());
      return new LinesTestbed(file);
    }
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("file", file.toString());
  }

  @Override
  public Map<String, Object> missingSettings() {
    return Map.of("file", file.resolveSibling("nothing.txt").toString());
  }

  @Override
  public void makeRecords(String stream, int first, int last) {
    write(file, IntStream.rangeClosed(first, last).mapToObj(LinesTestbed::line).toList());
  }

  @Override
  public List<Object> record(String stream, int number) {
    return List.of(line(number));
  }

  private static String line(int number) {
    return "line-%06d".formatted(number);
  }

  @Override
  public Optional<String> makeMalformed(String stream) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // A file needs no end.
  }
}
