package dev.landfall.kognitiv.casesync;

import dev.landfall.kognitiv.casesync.DropFile.FileName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * How far one file was read.
 *
 * @param name the file
 * @param complete whether it was read to its end
 * @param offset how many bytes of its text were read
 * @param digest the {@link Fingerprint} of those
 * @param run where the last rows of one moment begin, in which a key may need its number
 * @param runLine how many lines come before them
 * @param seen what tells without reading that the file is as it was, or empty if nothing does
 * @param mark what remains of the file in a cursor once it is an old one
 */
record Bookmark(
    FileName name,
    boolean complete,
    long offset,
    long digest,
    long run,
    long runLine,
    String seen,
    String mark) {

  /** How many characters {@code seen} and {@code mark} have. */
  static final int MARK_LENGTH = 8;

  private static final int MARK_BYTES = 6;

  /** Two changes within the smallest step of a clock cannot be told apart by their times. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

  /** Size, time of change and what the file system calls it; nothing while that may deceive. */
  static String seen(DropFile file, Instant now) {
    return file.modified().plus(CLOCK_STEP).isAfter(now) ? "" : stat(file);
  }

  private static String stat(DropFile file) {
    return hash(file.size() + " " + file.modified() + " " + file.identity());
  }

  /** Name, size and the second of the change: what copies of a file have in common. */
  static String mark(DropFile file) {
    return hash(file.name().text() + " " + file.size() + " " + file.modified().getEpochSecond());
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, MARK_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Whether there is nothing to read in the file, as far as can be told without reading it. */
  boolean unchanged(DropFile file) {
    return complete && !seen.isEmpty() && seen.equals(stat(file));
  }
}
