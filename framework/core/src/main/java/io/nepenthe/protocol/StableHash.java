package io.nepenthe.protocol;

/**
 * A hash of numbers, one after the other, that is the same on every machine, in every run and in
 * every version: what it decides for some numbers it decides wherever they come up again.
 */
public final class StableHash {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L; // 2^64 / golden ratio, odd
  private static final double TO_UNIT_INTERVAL = 0x1.0p-53;
  private static final int UNUSED_BITS = 11;

  private StableHash() {}

  /** Returns the hash of what was hashed before and of one number more. */
  public static long of(long before, long number) {
    return mixed(before + GOLDEN_GAMMA * number);
  }

  /** Returns a hash as a number in [0, 1). */
  public static double inUnitInterval(long hash) {
    return (hash >>> UNUSED_BITS) * TO_UNIT_INTERVAL;
  }

  /** Returns the bits well mixed: the finalizer of SplitMix64 (Steele, Lea, Flood, 2014). */
  private static long mixed(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
