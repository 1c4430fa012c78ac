package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.ConnectorException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * How the bytes of a file become text in UTF-8: unpacked, limited, and transcoded where the file
 * has another encoding. Everything streams.
 *
 * @param charset how the text is encoded
 * @param largest how many bytes a file may have once it is unpacked
 * @param closed tells when nobody waits for the bytes any more
 */
record Content(Charset charset, long largest, BooleanSupplier closed) {

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_TRAILER = 8;

  /** Opens a file. The caller closes it. */
  InputStream open(DropFile file) throws IOException {
    InputStream bytes = unpacked(file);
    return charset.equals(StandardCharsets.UTF_8) ? bytes : new Transcoder(bytes, charset);
  }

  /**
   * Unpacks a packed file to its end and throws the bytes away: it is read as a whole or not at
   * all.
   *
   * @throws IOException if it is damaged or was cut off
   */
  void requireWhole(DropFile file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = unpacked(file)) {
      while (bytes.read(buffer) >= 0) {
        requireOpen();
      }
    }
  }

  /** Ends a reading that nobody waits for any more. */
  void requireOpen() {
    if (closed.getAsBoolean()) {
      throw CaseSyncProblem.READING_CLOSED.exception("The reading was ended before its end.");
    }
  }

  /** Refuses a plain file that is too large before anything of it is read. */
  void requireSize(DropFile file) {
    if (file.size() > largest) {
      throw tooLarge(file);
    }
  }

  private ConnectorException tooLarge(DropFile file) {
    return CaseSyncProblem.FILE_TOO_LARGE.exception(
        file.name().text() + " has more than " + largest + " bytes, which is the limit.");
  }

  private InputStream unpacked(DropFile file) throws IOException {
    InputStream bytes =
        Files.newInputStream(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    if (!file.name().packed()) {
      return new Limited(bytes, file);
    }
    try {
      return new Limited(new StrictGzip(bytes), file);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
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

  /** Refuses a file that has more than it may. */
  private final class Limited extends FilterInputStream {

    private final DropFile file;
    private long left = largest;

    Limited(InputStream in, DropFile file) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        left -= read;
      }
      if (left < 0) {
        throw tooLarge(file);
      }
      return read;
    }
  }
}
