package io.nepenthe.plugins.exampletieddropout;

import io.nepenthe.editing.HashedMasks;
import io.nepenthe.training.TokenBatch;
import java.util.OptionalLong;

/** Every example's masks: an example is a place in the training set, and has its own. */
final class ExampleMasks {
  private final HashedMasks masks;
  private final Owners owners;

  /**
   * Makes masks.
   *
   * @param owners which examples have a mask; that of any other is 0 everywhere
   */
  ExampleMasks(HashedMasks masks, Owners owners) {
    this.masks = masks;
    this.owners = owners;
  }

  /** Returns the number of entries of a mask. */
  int width() {
    return masks.width();
  }

  /** Returns how many leading entries are 1 for every example. */
  int fixed() {
    return masks.shared();
  }

  /** Returns which examples have a mask. */
  Owners owners() {
    return owners;
  }

  /** Returns the masks of a batch in each of some blocks, (blocks, B, {@link #width}). */
  float[] of(TokenBatch batch, int blocks) {
    owners.see(batch);
    return masks.of(
        blocks,
        batch.size(),
        i -> owners.contains(batch.row(i)) ? OptionalLong.of(batch.row(i)) : OptionalLong.empty());
  }
}
