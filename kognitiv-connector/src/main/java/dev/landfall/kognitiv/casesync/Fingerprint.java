package dev.landfall.kognitiv.casesync;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * A digest of the beginning of a file, which tells a file that grew from one that was replaced. Two
 * checksums of different polynomials: nobody forges his own files, and both run as fast as memory.
 */
final class Fingerprint {

  private final Checksum one = new CRC32();
  private final Checksum other = new CRC32C();
  private final long checkpoint;
  private long length;
  private long valueThere;

  /** A digest that also keeps what it was at a place. */
  Fingerprint(long checkpoint) {
    this.checkpoint = checkpoint;
  }

  void update(byte[] bytes, int from, int count) {
    int before = (int) Math.max(0, Math.min(count, checkpoint - length));
    add(bytes, from, before);
    if (length == checkpoint) {
      valueThere = value();
    }
    add(bytes, from + before, count - before);
  }

  private void add(byte[] bytes, int from, int count) {
    one.update(bytes, from, count);
    other.update(bytes, from, count);
    length += count;
  }

  /** How many bytes were digested. */
  long length() {
    return length;
  }

  long value() {
    return (one.getValue() << 32) | other.getValue();
  }

  /** Whether as many bytes as up to the checkpoint were digested, and had this value there. */
  boolean was(long value) {
    return length >= checkpoint && valueThere == value;
  }
}
