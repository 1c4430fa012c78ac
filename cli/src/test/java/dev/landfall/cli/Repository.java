package dev.landfall.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local repository of Maven's that holds what this build has built, and shows everything else of
 * the user's own one; so nothing is installed there.
 */
final class Repository {

  private static final String GROUP = "dev/landfall";
  private static final String VERSION = "0.1.0-SNAPSHOT";

  private Repository() {}

  /** Makes it anew; of an earlier one, links are taken away and not what they lead to. */
  static Path make(Path repository) throws IOException {
    if (Files.exists(repository)) {
      List<Path> earlier;
      try (Stream<Path> walk = Files.walk(repository)) {
        earlier = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : earlier) {
        Files.delete(path);
      }
    }
    Path own = Path.of(System.getProperty("landfall.repository"));
    links(own, repository, "dev");
    links(own.resolve("dev"), repository.resolve("dev"), "landfall");
    return repository;
  }

  private static void links(Path from, Path to, String but) throws IOException {
    Files.createDirectories(to);
    if (Files.isDirectory(from)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
        for (Path entry : entries) {
          Path name = entry.getFileName();
          if (!name.toString().equals(but)) {
            Files.createSymbolicLink(to.resolve(name), entry);
          }
        }
      }
    }
  }

  static void put(Path repository, Path module, String artifact, String packaging)
      throws IOException {
    Path folder =
        Files.createDirectories(repository.resolve(GROUP).resolve(artifact).resolve(VERSION));
    String name = artifact + "-" + VERSION;
    Files.copy(module.resolve("pom.xml"), folder.resolve(name + ".pom"));
    if (packaging.equals("jar")) {
      Files.copy(module.resolve("target").resolve(name + ".jar"), folder.resolve(name + ".jar"));
    }
  }
}
