package dev.landfall.testkit.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders, one for each scenario, gone when it is closed. */
final class Scratch implements AutoCloseable {

  private final Path root;
  private int folders;

  private Scratch(Path root) {
    this.root = root;
  }

  static Scratch make() throws IOException {
    return new Scratch(Files.createTempDirectory("landfall-conformance"));
  }

  Path next() throws IOException {
    return Files.createDirectory(root.resolve(String.valueOf(folders++)));
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
