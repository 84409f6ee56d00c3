package io.nepenthe.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Independent named sources of randomness, all derived from one run seed.
 *
 * <p>A stream depends on the seed and its name only: drawing from one never moves another. The
 * reference program shares one global generator instead (KNOWN_QUIRKS 13). Immutable; each
 * generator it returns is new and belongs to the caller.
 *
 * @param seed the run seed; the paper's suites use 0, 1, 3
 */
public record RandomStreams(long seed) {
  /** Returns a new generator, at its start, for the named stream. */
  public RandomGenerator stream(String name) {
    byte[] digest = ContentHash.digest((seed + "/" + name).getBytes(StandardCharsets.UTF_8));
    return RandomGeneratorFactory.of("L64X128MixRandom").create(ByteBuffer.wrap(digest).getLong());
  }

  /** Returns 0 .. size-1 in random order. */
  public static int[] permutation(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
