package io.nepenthe.editing;

import io.nepenthe.protocol.StableHash;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * Masks that belong to rows, made when they are needed: the first entries are 1 for every row, each
 * of the others with a probability, by a hash of seed, block, owner and entry. So an owner has the
 * same mask in every pass and on every machine, and no table is kept. Immutable.
 */
public final class HashedMasks {
  private final long seed;
  private final int width;
  private final int shared;
  private final double share;

  /**
   * Makes masks.
   *
   * @param width entries of a mask
   * @param shared how many leading entries are 1 for every row
   * @param share probability that one of the other entries is 1
   */
  public HashedMasks(long seed, int width, int shared, double share) {
    this.seed = seed;
    this.width = width;
    this.shared = shared;
    this.share = share;
  }

  /** Returns the number of entries of a mask. */
  public int width() {
    return width;
  }

  /** Returns how many leading entries are 1 for every row. */
  public int shared() {
    return shared;
  }

  /**
   * Returns the masks of some rows in each of some blocks, (blocks, rows, {@link #width}).
   *
   * @param owner whose masks the i-th row has; where it is empty, they are 0 everywhere
   */
  public float[] of(int blocks, int rows, IntFunction<OptionalLong> owner) {
    float[] masks = new float[blocks * rows * width];
    for (int i = 0; i < rows; i++) {
      OptionalLong own = owner.apply(i);
      for (int block = 0; own.isPresent() && block < blocks; block++) {
        write(block, own.getAsLong(), masks, (block * rows + i) * width);
      }
    }
    return masks;
  }

  private void write(int block, long owner, float[] masks, int from) {
    long key = StableHash.of(StableHash.of(seed, block), owner);
    for (int entry = 0; entry < width; entry++) {
      boolean isOn = entry < shared || StableHash.inUnitInterval(StableHash.of(key, entry)) < share;
      masks[from + entry] = isOn ? 1 : 0;
    }
  }
}
