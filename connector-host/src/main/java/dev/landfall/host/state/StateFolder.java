package dev.landfall.host.state;

import dev.landfall.host.HostException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder that everything is remembered in. Member ids are in it, so nobody but its owner may
 * look into it. It belongs on a local disk: locks of network file systems cannot be relied on.
 */
public final class StateFolder {

  private final Path root;

  private StateFolder(Path root) {
    this.root = root;
  }

  /**
   * Opens a state folder, and makes it if it is not there.
   *
   * @throws HostException if it cannot be made or written
   */
  public static StateFolder open(Path root) {
    try {
      Path folder = root.toAbsolutePath().normalize();
      makePrivate(folder);
      makePrivate(folder.resolve("syncs"));
      makePrivate(folder.resolve("locks"));
      return new StateFolder(folder);
    } catch (IOException e) {
      throw unwritable(root, e);
    }
  }

  /** A state folder to look into; makes nothing, and need not be there. */
  public static StateFolder at(Path root) {
    return new StateFolder(root.toAbsolutePath().normalize());
  }

  /** The folder itself, absolute. */
  public Path root() {
    return root;
  }

  /** The names of the syncs that have a folder here, sorted. */
  public List<String> syncs() {
    if (!Files.isDirectory(root.resolve("syncs"))) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root.resolve("syncs"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unwritable(root, e);
    }
  }

  /** Where the files of a run lie. */
  public Path run(String sync, String run) {
    return runs(sync).resolve(run);
  }

  /** The folder of a sync's runs; need not be there. */
  public Path runs(String sync) {
    return sync(sync).resolve("runs");
  }

  /** Removes what questions about a sync left behind when they were killed. */
  public void forgetQuestions(String sync) {
    Path asked = sync(sync).resolve("asked");
    if (!Files.isDirectory(asked)) {
      return;
    }
    try (Stream<Path> files = Files.walk(asked)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw unwritable(root, e);
    }
  }

  /** A new folder for what is gone when a question about a sync is answered. */
  public Path temporary(String sync) {
    try {
      Path folder = sync(sync).resolve("asked").resolve(UUID.randomUUID().toString());
      makePrivate(folder);
      return folder;
    } catch (IOException e) {
      throw unwritable(root, e);
    }
  }

  /** Which host and process works on a sync now; empty if none does. */
  public Optional<String> holder(String sync) {
    return Lock.holder(lock(sync));
  }

  Path sync(String name) {
    return root.resolve("syncs").resolve(name);
  }

  Path lock(String name) {
    return root.resolve("locks").resolve(name + ".lock");
  }

  static void makePrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, ownerOnly("rwx------"));
    }
  }

  static FileAttribute<?>[] ownerOnly(String permissions) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  static HostException unwritable(Path folder, IOException e) {
    return new HostException(
        HostException.unavailable(
                "state.unwritable",
                "The state folder " + folder + " cannot be written (" + reason(e) + ").",
                "Name another with --state, or make room and grant the right to write there.")
            .problem(),
        e);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName();
  }
}
