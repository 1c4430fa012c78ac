package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.kognitiv.casesync.DropFile.FileName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one stream in a folder, as they were when it was listed.
 *
 * @param files what is to be read, in the order in which it is
 * @param unfinished names of what is still being uploaded, as its name says
 * @param unrecognised names that are like those to be read, and are none
 */
record DropFolder(List<DropFile> files, List<String> unfinished, List<String> unrecognised) {

  /** So many names fit into memory on any machine. */
  private static final int MOST_FILES = 100_000;

  /**
   * Lists a folder; folders in it are not looked into.
   *
   * @throws dev.landfall.connector.ConnectorException if there is no folder, or it cannot be listed
   */
  static DropFolder list(CaseStream stream, Path folder) {
    FileNames names = new FileNames(stream);
    List<DropFile> files = new ArrayList<>();
    List<String> unfinished = new ArrayList<>();
    List<String> unrecognised = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(real(folder))) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        Optional<FileName> read = names.read(name);
        if (read.isPresent()) {
          files.add(look(read.get(), entry));
        } else if (names.alike(name)) {
          (FileNames.unfinished(name) ? unfinished : unrecognised).add(name);
        }
        if (files.size() + unfinished.size() + unrecognised.size() > MOST_FILES) {
          throw CaseSyncProblem.TOO_MANY_FILES.exception(
              "The folder holds more than " + MOST_FILES + " files of " + stream.word() + ".");
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw CaseSyncProblem.FOLDER_UNREADABLE.exception("The folder cannot be listed.");
    }
    Collections.sort(files);
    Collections.sort(unfinished);
    Collections.sort(unrecognised);
    return new DropFolder(files, unfinished, unrecognised);
  }

  /**
   * Sees that the folder is there.
   *
   * @throws dev.landfall.connector.ConnectorException if it is not
   */
  static void requireFolder(Path folder) {
    real(folder);
  }

  private static Path real(Path folder) {
    try {
      Path real = folder.toRealPath();
      if (Files.isDirectory(real)) {
        return real;
      }
    } catch (IOException e) {
      throw missing(folder);
    }
    throw missing(folder);
  }

  private static RuntimeException missing(Path folder) {
    return CaseSyncProblem.FOLDER_MISSING.exception(
        "The folder of the Case Sync files, " + folder + ", does not exist, or is no folder.");
  }

  /** The file as it is now. */
  static DropFile lookAgain(DropFile file) {
    return file.refused() == null ? look(file.name(), file.path(), file.path()) : file;
  }

  private static DropFile look(FileName name, Path entry) {
    try {
      if (!Files.isSymbolicLink(entry)) {
        return look(name, entry, entry);
      }
      Path target = entry.toRealPath();
      Path folder = entry.getParent();
      return folder != null && target.startsWith(folder)
          ? look(name, entry, target)
          : refused(
              name,
              entry,
              CaseSyncProblem.FILE_OUTSIDE.problem(
                  name.text() + " is a link that leaves the folder; it is not read."));
    } catch (IOException e) {
      return refused(name, entry, unreadable(name));
    }
  }

  private static DropFile look(FileName name, Path entry, Path target) {
    try {
      BasicFileAttributes seen =
          Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return seen.isRegularFile()
          ? new DropFile(
              name,
              target,
              seen.size(),
              seen.lastModifiedTime().toInstant(),
              String.valueOf(seen.fileKey()),
              null)
          : refused(name, entry, unreadable(name));
    } catch (IOException e) {
      return refused(name, entry, unreadable(name));
    }
  }

  private static DropFile refused(FileName name, Path entry, @Nullable Problem problem) {
    return new DropFile(name, entry, 0, Instant.EPOCH, "", problem);
  }

  private static Problem unreadable(FileName name) {
    return CaseSyncProblem.FILE_UNREADABLE.problem(
        name.text() + " is no plain file, or cannot be read.");
  }
}
