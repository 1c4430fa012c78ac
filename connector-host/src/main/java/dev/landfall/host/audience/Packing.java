package dev.landfall.host.audience;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * How a file is packed, as the ending of its name says. DuckDB could unpack too, but takes a zstd
 * file that was cut off for a whole one, and compares no checksum of gzip.
 */
enum Packing {
  NONE("", "plain"),
  GZIP(".gz", "gzip"),
  ZSTD(".zst", "zstd");

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_TRAILER = 8;

  private final String ending;
  private final String label;

  Packing(String ending, String label) {
    this.ending = ending;
    this.label = label;
  }

  /** What the name of a file says. */
  static Packing of(String name) {
    for (Packing packing : List.of(GZIP, ZSTD)) {
      if (name.toLowerCase(Locale.ROOT).endsWith(packing.ending)) {
        return packing;
      }
    }
    return NONE;
  }

  /** The name that the file has once it is unpacked. */
  String unpackedName(String name) {
    return name.substring(0, name.length() - ending.length());
  }

  /** What a person calls it. */
  String label() {
    return label;
  }

  /**
   * A stream of what was packed. It fails where the packing is damaged, cut off or followed by
   * something else, with an IOException or a MalformedInputException.
   */
  InputStream unpack(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP -> new StrictGzip(packed);
      case ZSTD -> new ZstdInputStream(packed);
    };
  }

  /** The JDK's takes what follows the last whole member for the end, and says nothing. */
  private static final class StrictGzip extends GZIPInputStream {

    StrictGzip(InputStream packed) throws IOException {
      super(packed, BUFFER);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read < 0 && (inf.getRemaining() > GZIP_TRAILER || in.read() >= 0)) {
        throw new ZipException("Something follows the last member");
      }
      return read;
    }
  }
}
