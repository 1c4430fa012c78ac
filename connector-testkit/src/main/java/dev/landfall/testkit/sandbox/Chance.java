package dev.landfall.testkit.sandbox;

/** Chance that repeats: a number from a seed and what is asked about, not from a sequence. */
final class Chance {

  private Chance() {}

  /** A number from 0, inclusive, to 1, exclusive. */
  static double of(long seed, int about, int nth) {
    long mixed = mix(mix(mix(seed) + about) + nth);
    return (mixed >>> 11) * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
