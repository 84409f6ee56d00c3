package io.nepenthe.data;

import io.nepenthe.protocol.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Cuts row indices into mini-batches; the last short one is kept. */
public final class MiniBatches {
  private MiniBatches() {}

  /** Returns the rows 0 .. rows-1 in stored order, {@code size} at a time. */
  public static List<int[]> inOrder(int rows, int size) {
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    return of(order, size);
  }

  /** Returns the rows 0 .. rows-1 in random order, {@code size} at a time. */
  public static List<int[]> shuffled(int rows, int size, RandomGenerator random) {
    return of(RandomStreams.permutation(rows, random), size);
  }

  /** Returns the given row indices in their order, {@code size} at a time. */
  public static List<int[]> of(int[] order, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch size is " + size + ", must be at least 1");
    }
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += size) {
      batches.add(Arrays.copyOfRange(order, from, Math.min(from + size, order.length)));
    }
    return batches;
  }
}
