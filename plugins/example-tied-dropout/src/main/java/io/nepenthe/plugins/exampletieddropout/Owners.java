package io.nepenthe.plugins.exampletieddropout;

import io.nepenthe.training.TokenBatch;
import java.util.BitSet;
import java.util.Optional;

/** Which examples have a mask: all of them, or (quirk K2) those of the first batch only. */
final class Owners {
  private static final int EXACT_FLOATS = 1 << 24;

  private final boolean limited;
  private final BitSet firstBatch = new BitSet();

  private Owners(boolean limited) {
    this.limited = limited;
  }

  /** Returns every example. */
  static Owners all() {
    return new Owners(false);
  }

  /** Returns the examples of the first batch to be seen. */
  static Owners ofFirstBatch() {
    return new Owners(true);
  }

  /** Looks at a batch that is about to be trained on. */
  void see(TokenBatch batch) {
    if (limited && firstBatch.isEmpty()) {
      for (int i = 0; i < batch.size(); i++) {
        firstBatch.set(storable(batch.row(i)));
      }
    }
  }

  private static int storable(int example) {
    if (example > EXACT_FLOATS) {
      throw new IllegalArgumentException(
          "example " + example + " has no exact float to be stored as, must be <= " + EXACT_FLOATS);
    }
    return example;
  }

  /** Returns true if the example has a mask. */
  boolean contains(int example) {
    return !limited || firstBatch.get(example);
  }

  /** Returns the examples of the first batch, rising; empty if there is nothing to remember. */
  Optional<float[]> state() {
    float[] examples = new float[firstBatch.cardinality()];
    int next = 0;
    for (int i = firstBatch.nextSetBit(0); i >= 0; i = firstBatch.nextSetBit(i + 1)) {
      examples[next++] = i;
    }
    return examples.length == 0 ? Optional.empty() : Optional.of(examples);
  }

  /** Takes up what {@link #state} returned. */
  void restore(float[] state) {
    firstBatch.clear();
    for (float example : state) {
      firstBatch.set((int) example);
    }
  }
}
