package dev.landfall.kognitiv.casesync;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes that should be UTF-8: whether they are, and as text in which what is not stays visible. */
final class RawText {

  /** How the pair of bytes begins that {@link Transcoder} makes of a byte it cannot read. */
  static final int FOREIGN = 0xC0;

  private static final char REPLACEMENT = '\uFFFD';

  private RawText() {}

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Whether all of it is UTF-8. */
  static boolean isText(byte[] bytes, int from, int to) {
    // What is malformed always leaves the replacement character, which true text rarely holds.
    if (new String(bytes, from, to - from, StandardCharsets.UTF_8).indexOf(REPLACEMENT) < 0) {
      return true;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(Math.min(1 << 10, to - from + 1));
    CharsetDecoder decoder = decoder();
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    return !result.isError();
  }

  /** The text, each byte that is none of it written as a backslash, an x and two digits. */
  static String of(byte[] bytes, int from, int to) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(to - from + 1);
    StringBuilder text = new StringBuilder();
    CharsetDecoder decoder = decoder();
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      text.append(out.flip());
      out.clear();
      malformed(in, result.length(), text);
      result = decoder.decode(in, out, true);
    }
    return text.append(out.flip()).toString();
  }

  private static void malformed(ByteBuffer in, int length, StringBuilder text) {
    int value = in.get() & 0xFF;
    boolean foreign = value >> 1 == FOREIGN >> 1 && in.hasRemaining();
    if (foreign && (in.get(in.position()) & 0xC0) == 0x80) {
      value = ((value & 1) << 7) | (in.get() & 0x7F);
      text.append("\\x%02X".formatted(value));
      return;
    }
    text.append("\\x%02X".formatted(value));
    for (int i = 1; i < length; i++) {
      text.append("\\x%02X".formatted(in.get() & 0xFF));
    }
  }
}
