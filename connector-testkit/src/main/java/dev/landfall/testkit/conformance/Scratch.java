package dev.landfall.testkit.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders, one for each scenario, gone when it is closed. */
final class Scratch implements AutoCloseable {

  private static final int TIMES = 3;

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

  /**
   * Deletes the folders. What a sandbox or a connector that does not come to an end goes on writing
   * is left behind: it is no reason to lose a report.
   */
  @Override
  public void close() throws IOException {
    boolean gone = false;
    for (int i = 0; i < TIMES && !gone; i++) {
      gone = delete();
    }
  }

  /** Says whether it was still as it had been seen. */
  private boolean delete() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return false;
      }
      throw e.getCause();
    }
    try {
      for (Path path : all) {
        Files.deleteIfExists(path);
      }
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }
}
