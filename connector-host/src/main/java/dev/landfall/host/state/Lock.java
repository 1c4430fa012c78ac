package dev.landfall.host.state;

import dev.landfall.host.HostException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one process at a time holds, and that ends with its process however that ends. The
 * file says which process it is; the file itself is never removed, since a lock on a removed file
 * is none.
 */
final class Lock implements AutoCloseable {

  /** File locks exclude processes; within this one, threads have to exclude each other. */
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  /**
   * What runs in this process hold. They must not even open each other's files: when any channel of
   * a process on a file is closed, the process's lock on that file is gone.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int TRIES = 5;
  private static final long BETWEEN_TRIES_NANOS = 20_000_000;

  private final Path file;
  private final FileChannel channel;

  private Lock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, or says who has it.
   *
   * @throws HostException if another run has it
   */
  static Lock take(Path file, String sync) {
    boolean mine = false;
    boolean taken = false;
    try {
      mine = patiently(() -> HELD.add(file));
      if (!mine) {
        throw held(sync, me());
      }
      Lock lock = takeFromOthers(file, sync);
      taken = true;
      return lock;
    } catch (IOException e) {
      throw StateFolder.unwritable(file, e);
    } finally {
      if (mine && !taken) {
        HELD.remove(file);
      }
    }
  }

  private static Lock takeFromOthers(Path file, String sync) throws IOException {
    FileChannel channel = open(file);
    if (!patiently(() -> tryLock(channel, false) != null)) {
      channel.close();
      throw held(sync, words(file));
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(me().getBytes(StandardCharsets.UTF_8)), 0);
    return new Lock(file, channel);
  }

  /** Who has the lock, as far as its file tells; empty if nobody has. */
  static Optional<String> holder(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (!HELD.add(file)) {
      return Optional.of(me());
    }
    // Shared and for an instant, if at all: whoever wants the lock meanwhile tries again.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = tryLock(channel, true)) {
      return lock == null ? Optional.of(words(file)) : Optional.empty();
    } catch (IOException e) {
      throw StateFolder.unwritable(file, e);
    } finally {
      HELD.remove(file);
    }
  }

  /** Does something short while no other run, of any sync, does the like; waits for its turn. */
  @SuppressWarnings("try") // the lock is held, not used
  static void whileHolding(Path file, Runnable work) {
    WITHIN_PROCESS.lock();
    try (FileChannel channel = open(file);
        FileLock lock = channel.lock()) {
      work.run();
    } catch (IOException e) {
      throw StateFolder.unwritable(file, e);
    } finally {
      WITHIN_PROCESS.unlock();
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        StateFolder.ownerOnly("rw-------"));
  }

  private interface Try {
    boolean succeeds() throws IOException;
  }

  /** Whoever only asks who has a lock has it for an instant; that is no reason to refuse a run. */
  private static boolean patiently(Try attempt) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (attempt.succeeds()) {
        return true;
      }
      LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
    }
    return attempt.succeeds();
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException e) {
      // This very process has it, through another class loader.
      return null;
    }
  }

  private static HostException held(String sync, String holder) {
    return HostException.unavailable(
        "state.locked",
        "Another run of the sync %s is under way (%s).".formatted(sync, holder),
        "Wait until it has ended, or end it, and run again.");
  }

  private static String me() {
    return "host " + host() + ", process " + ProcessHandle.current().pid();
  }

  private static String words(Path file) throws IOException {
    String holder = Files.readString(file).strip();
    return holder.isEmpty() ? "its process is not known" : holder;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw StateFolder.unwritable(Path.of("locks"), e);
    } finally {
      HELD.remove(file);
    }
  }
}
