package dev.landfall.kognitiv.casesync;

import java.util.Arrays;

/**
 * How often a key occurred among the rows of one moment that follow each other: two rows that are
 * alike in all that makes an event are two events, and are told apart by it. Keeps twelve bytes for
 * a key, and nothing at all as long as moments differ. Not safe for use by several threads.
 */
final class Occurrences {

  /** More rows of one moment than any system writes; they take less than 100 MB. */
  static final int MOST = 4_000_000;

  private static final int SMALLEST = 64;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final byte[] first = new byte[EventKeys.LONGEST];
  private int firstLength;
  private boolean any;
  private long moment;
  private int size;
  private long[] hashes = new long[SMALLEST];
  private int[] counts = new int[SMALLEST];

  /** Whether a row of this moment begins another run of rows. */
  boolean begins(long millis) {
    return !any || moment != millis;
  }

  /** Counts a key. 1 for the first of its kind; 0 if there are too many. */
  int count(long millis, byte[] key, int length) {
    if (begins(millis)) {
      clear();
      any = true;
      moment = millis;
      System.arraycopy(key, 0, first, 0, length);
      firstLength = length;
      return 1;
    }
    if (size == 0) {
      add(hash(first, firstLength));
    }
    return size == MOST ? 0 : add(hash(key, length));
  }

  private void clear() {
    if (size > 0) {
      boolean large = hashes.length > 1 << 16;
      hashes = large ? new long[SMALLEST] : hashes;
      counts = large ? new int[SMALLEST] : counts;
      Arrays.fill(counts, 0);
      size = 0;
    }
  }

  private int add(long hash) {
    if (size > hashes.length / 2) {
      grow();
    }
    int at = place(hash);
    if (counts[at] == 0) {
      hashes[at] = hash;
      size++;
    }
    return ++counts[at];
  }

  private int place(long hash) {
    int at = (int) (hash >>> 32) & (hashes.length - 1);
    while (counts[at] != 0 && hashes[at] != hash) {
      at = (at + 1) & (hashes.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldCounts = counts;
    hashes = new long[2 * oldHashes.length];
    counts = new int[2 * oldCounts.length];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldCounts[i] != 0) {
        int at = place(oldHashes[i]);
        hashes[at] = oldHashes[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  private static long hash(byte[] key, int length) {
    long hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ key[i]) * PRIME;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
