package io.nepenthe.plugins.exampletieddropout;

import io.nepenthe.training.TokenBatch;

/**
 * Every example's masks, made when they are needed: the first entries are 1 for all examples, each
 * of the others with a probability, by a hash of seed, block, example and entry. No table is kept,
 * and the hash is the same on every machine.
 */
final class ExampleMasks {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L; // 2^64 / golden ratio, odd
  private static final double TO_UNIT_INTERVAL = 0x1.0p-53;
  private static final int UNUSED_BITS = 11;

  private final long seed;
  private final int width;
  private final int fixed;
  private final double share;
  private final Owners owners;

  /**
   * Makes masks.
   *
   * @param width entries of a mask
   * @param fixed how many leading entries are 1 for every example
   * @param share probability that one of the other entries is 1
   * @param owners which examples have a mask; that of any other is 0 everywhere
   */
  ExampleMasks(long seed, int width, int fixed, double share, Owners owners) {
    this.seed = seed;
    this.width = width;
    this.fixed = fixed;
    this.share = share;
    this.owners = owners;
  }

  /** Returns the number of entries of a mask. */
  int width() {
    return width;
  }

  /** Returns how many leading entries are 1 for every example. */
  int fixed() {
    return fixed;
  }

  /** Returns which examples have a mask. */
  Owners owners() {
    return owners;
  }

  /** Returns the masks of a batch in each of some blocks, (blocks, B, {@link #width}). */
  float[] of(TokenBatch batch, int blocks) {
    owners.see(batch);
    float[] masks = new float[blocks * batch.size() * width];
    int from = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < batch.size(); i++) {
        if (owners.contains(batch.row(i))) {
          write(block, batch.row(i), masks, from);
        }
        from += width;
      }
    }
    return masks;
  }

  private void write(int block, int example, float[] masks, int from) {
    long key = mixed(mixed(seed + GOLDEN_GAMMA * block) + GOLDEN_GAMMA * example);
    for (int entry = 0; entry < width; entry++) {
      masks[from + entry] = entry < fixed || draw(key, entry) < share ? 1 : 0;
    }
  }

  /** Returns a number in [0, 1). */
  private static double draw(long key, int entry) {
    return (mixed(key + GOLDEN_GAMMA * entry) >>> UNUSED_BITS) * TO_UNIT_INTERVAL;
  }

  /** Returns the bits well mixed: the finalizer of SplitMix64 (Steele, Lea, Flood, 2014). */
  private static long mixed(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
