package dev.landfall.kognitiv.casesync;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The key of an event: case, moment, code, a digest of what else the event is about, and a number
 * where several are alike in all that, as in {@code 1022-20130905213950750-OPEN-5b0c0f9ab1f4c0d1}
 * or {@code 1022-20130905213959513-TOCH.2}. See {@code docs/decisions/300}. Not safe for use by
 * several threads.
 */
final class EventKeys {

  /** How many digits the id of a case may have. */
  static final int LONGEST_CASE = 20;

  /** How many characters a code may have. */
  static final int LONGEST_CODE = 16;

  /** How many bytes a key has at most, without its number. */
  static final int LONGEST = LONGEST_CASE + 1 + 17 + 1 + LONGEST_CODE + 1 + 16;

  private static final int DIGEST_BYTES = 8;

  /** Where month, day, hour, minute and second stand in a timestamp. */
  private static final int[] TWO_DIGITS = {5, 8, 11, 14, 17};

  private final byte[] key = new byte[LONGEST + 12];
  private final Occurrences occurrences = new Occurrences();
  private final MessageDigest sha;

  EventKeys() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * What stands in a key for texts of an event: nothing if all are null, else a hyphen and 16
   * digits, the first 64 bits of SHA-256 over each text's length in UTF-8 (four bytes, -1 for null)
   * and its bytes. Two events of one case, moment and code would have to meet in them.
   */
  String digest(@Nullable String... texts) {
    boolean none = true;
    for (String text : texts) {
      byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(4).putInt(text == null ? -1 : bytes.length).flip());
      sha.update(bytes);
      none &= text == null;
    }
    byte[] digest = Arrays.copyOf(sha.digest(), DIGEST_BYTES);
    return none ? "" : "-" + HexFormat.of().formatHex(digest);
  }

  /** Whether a row of this moment begins another run of rows; asked before its key is made. */
  boolean begins(long millis) {
    return occurrences.begins(millis);
  }

  /**
   * The key of the next row.
   *
   * @param file the name of its file
   * @throws dev.landfall.connector.ConnectorException if too many rows are of one moment
   */
  String key(Fields fields, int codeColumn, long millis, String digest, String file) {
    byte[] bytes = fields.bytes;
    int length = copy(bytes, fields.from[0], fields.to[0], 0);
    key[length++] = '-';
    length = digits(bytes, fields.from[1], length);
    key[length++] = '-';
    length = copy(bytes, fields.from[codeColumn], fields.to[codeColumn], length);
    length = append(digest, length);
    int number = occurrences.count(millis, key, length);
    if (number > 1) {
      length = append("." + number, length);
    } else if (number == 0) {
      throw CaseSyncProblem.TOO_MANY_AT_ONCE.exception(
          file + " holds more than " + Occurrences.MOST + " events of one millisecond.");
    }
    return new String(key, 0, length, StandardCharsets.ISO_8859_1);
  }

  private int copy(byte[] from, int begin, int end, int at) {
    System.arraycopy(from, begin, key, at, end - begin);
    return at + end - begin;
  }

  /** The digits of a timestamp, without the signs between them. */
  private int digits(byte[] bytes, int from, int at) {
    System.arraycopy(bytes, from, key, at, 4);
    for (int i = 0; i < TWO_DIGITS.length; i++) {
      key[at + 4 + 2 * i] = bytes[from + TWO_DIGITS[i]];
      key[at + 5 + 2 * i] = bytes[from + TWO_DIGITS[i] + 1];
    }
    System.arraycopy(bytes, from + 20, key, at + 14, 3);
    return at + 17;
  }

  private int append(String ascii, int at) {
    for (int i = 0; i < ascii.length(); i++) {
      key[at + i] = (byte) ascii.charAt(i);
    }
    return at + ascii.length();
  }
}
