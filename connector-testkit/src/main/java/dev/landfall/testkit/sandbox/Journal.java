package dev.landfall.testkit.sandbox;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of lines, one sandbox at a time. An appended line has been handed to the
 * operating system before {@link #append} returns, so it outlives the process; it is not forced to
 * the disk, so a power cut may lose it. Not safe for use by several threads.
 */
final class Journal implements AutoCloseable {

  private static final String FILE = "groups.log";

  private final Path file;
  private final FileChannel lockChannel;
  private @Nullable FileChannel channel;

  private Journal(Path file, FileChannel lockChannel) {
    this.file = file;
    this.lockChannel = lockChannel;
  }

  /**
   * Takes the folder and gives every whole line in it to {@code replay}. A last line that was torn
   * by a kill is cut off: nobody was told that it was done.
   */
  static Journal open(Path folder, Consumer<String> replay) {
    FileChannel lockChannel = null;
    try {
      createPrivately(folder);
      lockChannel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lockChannel)) {
        throw new IllegalStateException(
            "Another sandbox is running in "
                + folder
                + ": stop it, or start this one in another folder");
      }
      Journal journal = new Journal(folder.resolve(FILE), lockChannel);
      journal.replay(replay);
      return journal;
    } catch (IOException e) {
      closeAfter(e, lockChannel);
      throw new UncheckedIOException("The sandbox's folder " + folder + " cannot be used", e);
    } catch (RuntimeException e) {
      closeAfter(e, lockChannel);
      throw e;
    }
  }

  private static void createPrivately(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static boolean isLocked(FileChannel lockChannel) throws IOException {
    try {
      FileLock lock = lockChannel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static void closeAfter(Exception cause, @Nullable FileChannel lockChannel) {
    if (lockChannel != null) {
      try {
        lockChannel.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private void replay(Consumer<String> replay) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    cutTornLine();
    long number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        replay.accept(line);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(
          "Line "
              + number
              + " of "
              + file
              + " was not written by a sandbox: delete the file to start with empty groups",
          e);
    }
  }

  private void cutTornLine() throws IOException {
    try (FileChannel whole =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      long end = whole.size();
      while (end > 0) {
        whole.read(one.clear(), end - 1);
        if (one.get(0) == '\n') {
          break;
        }
        end--;
      }
      whole.truncate(end);
    }
  }

  /** Puts these lines in place of all that is there, and makes ready to append. */
  void compact(Stream<String> lines) {
    Path fresh = file.resolveSibling(FILE + ".new");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
        for (String line : (Iterable<String>) lines::iterator) {
          writer.write(line);
          writer.write('\n');
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's groups cannot be written to " + file, e);
    }
  }

  /** Adds a line, or throws and leaves the file as it was. */
  void append(String line) {
    FileChannel open = channel;
    if (open == null) {
      throw new IllegalStateException("The sandbox is closed");
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
    try {
      long before = open.size();
      try {
        while (bytes.hasRemaining()) {
          open.write(bytes);
        }
      } catch (IOException e) {
        // Half a line would swallow the next one.
        open.truncate(before);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's groups cannot be written to " + file, e);
    }
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    try {
      try {
        if (open != null) {
          open.close();
        }
      } finally {
        lockChannel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's folder cannot be let go", e);
    }
  }
}
