package dev.landfall.host.audience;

import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import io.airlift.compress.MalformedInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes packed files readable, by copies that only the owner can read and that go with it. */
final class Unpacker implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final AudienceRequest request;
  private final Cancellation cancellation;
  private final List<Path> copies = new ArrayList<>();

  Unpacker(AudienceRequest request, Cancellation cancellation) {
    this.request = request;
    this.cancellation = cancellation;
  }

  /** The file itself, or a copy of what is packed in it; the copies before are gone. */
  SourceFile open(Path file) {
    close();
    Packing packing = Packing.of(file.getFileName().toString());
    if (packing == Packing.NONE) {
      return new SourceFile(file, file);
    }
    Path copy = copy();
    try (InputStream packed = open(file, packing);
        OutputStream out = Files.newOutputStream(copy)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = read(packed, buffer, file, packing);
          n >= 0;
          n = read(packed, buffer, file, packing)) {
        if (cancellation.ended()) {
          throw BreakOff.brokenOff(cancellation);
        }
        out.write(buffer, 0, n);
      }
      return new SourceFile(file, copy);
    } catch (IOException e) {
      throw full();
    }
  }

  private static InputStream open(Path file, Packing packing) {
    InputStream bytes;
    try {
      bytes = Files.newInputStream(file);
    } catch (IOException e) {
      throw SourceProblems.unreadable(file);
    }
    try {
      return packing.unpack(bytes);
    } catch (IOException e) {
      close(bytes);
      throw SourceProblems.packing(file, packing);
    }
  }

  private static int read(InputStream in, byte[] buffer, Path file, Packing packing) {
    try {
      return in.read(buffer);
    } catch (IOException | MalformedInputException e) {
      throw SourceProblems.packing(file, packing);
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path copy() {
    try {
      Path copy =
          Files.createTempFile(
              Files.createDirectories(request.temporaryFolder()), "unpacked-", null);
      copies.add(copy);
      return copy;
    } catch (IOException e) {
      throw full();
    }
  }

  private RuntimeException full() {
    return SourceProblems.disk(request.audience(), request.temporaryFolder());
  }

  @Override
  public void close() {
    try {
      for (Path copy : copies) {
        Files.deleteIfExists(copy);
      }
      copies.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
