package dev.landfall.kognitiv.casesync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was made of bytes lately, so that what stands in many rows (users, members, places) is made
 * once. Each place holds the last that fell on it. Not safe for use by several threads.
 */
final class SliceCache<T> {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9E3779B97F4A7C15L;
  private static final int PLACES = 1 << 12;
  private static final int LONGEST = 256;

  private final byte[][] slices = new byte[PLACES][];
  private final @Nullable Object[] made = new @Nullable Object[PLACES];

  /** What was made of equal bytes, or is made now. */
  @SuppressWarnings("unchecked") // a place holds only what a supplier of T gave
  T get(byte[] bytes, int from, int to, Supplier<T> make) {
    if (to - from > LONGEST) {
      return make.get();
    }
    int place = place(bytes, from, to);
    byte[] slice = slices[place];
    Object known = made[place];
    if (known != null && Arrays.equals(slice, 0, slice.length, bytes, from, to)) {
      return (T) known;
    }
    T fresh = make.get();
    slices[place] = Arrays.copyOfRange(bytes, from, to);
    made[place] = fresh;
    return fresh;
  }

  private static int place(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(bytes, at)) * PRIME;
      hash ^= hash >>> 32;
    }
    for (; at < to; at++) {
      hash = (hash ^ bytes[at]) * PRIME;
    }
    return (int) (hash >>> 52);
  }
}
