package dev.landfall.kognitiv.casesync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of any encoding as UTF-8, so that lines and pipes are the same bytes in every file. A byte
 * that is none of the encoding becomes the pair of bytes that would be its overlong form, which is
 * no UTF-8 either: the line is found to be malformed, and {@link RawText} still shows the byte.
 */
final class Transcoder extends InputStream {

  private static final int BUFFER = 1 << 13;
  private static final int LARGEST_CHARACTER = 4;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final ByteBuffer raw = ByteBuffer.allocate(BUFFER).limit(0);
  private final CharBuffer characters = CharBuffer.allocate(BUFFER);
  private final ByteBuffer out = ByteBuffer.allocate(LARGEST_CHARACTER * BUFFER).limit(0);
  private boolean ended;
  private boolean flushed;

  Transcoder(InputStream in, Charset charset) {
    this.in = in;
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!out.hasRemaining()) {
      if (flushed) {
        return -1;
      }
      more();
    }
    int count = Math.min(length, out.remaining());
    out.get(bytes, offset, count);
    return count;
  }

  private void more() throws IOException {
    out.clear();
    CoderResult result = decoder.decode(raw, characters, ended);
    boolean last = result.isUnderflow() && ended;
    if (last) {
      decoder.flush(characters);
      flushed = true;
    }
    characters.flip();
    encoder.encode(characters, out, last);
    characters.compact();
    if (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        int value = raw.get() & 0xFF;
        out.put((byte) (RawText.FOREIGN | (value >> 7))).put((byte) (0x80 | (value & 0x7F)));
      }
    } else if (result.isUnderflow() && !ended) {
      fill();
    }
    out.flip();
  }

  private void fill() throws IOException {
    raw.compact();
    int read = in.read(raw.array(), raw.position(), raw.remaining());
    ended = read < 0;
    raw.position(raw.position() + Math.max(0, read)).flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
