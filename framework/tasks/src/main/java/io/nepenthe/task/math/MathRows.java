package io.nepenthe.task.math;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Generates, filters and splits the clean rows of each task (DATA 1.1 to 1.3). */
final class MathRows {
  private static final int CANDIDATES_PER_ROW = 2;

  private final MathDataSpec spec;
  private final Set<Quirk> quirks;
  private final RandomStreams streams;
  private final Splits splits;

  MathRows(MathDataSpec spec, Set<Quirk> quirks, long seed) {
    this.spec = spec;
    this.quirks = quirks;
    this.streams = new RandomStreams(seed);
    this.splits = new Splits(quirks, seed);
  }

  /** Returns starts 0 .. count-1 whose sequences are new; with K15, all starts. */
  int[] starts(int weight, int count) {
    Set<List<Long>> seen = new LinkedHashSet<>();
    List<Integer> kept = new ArrayList<>();
    for (int start = 0; start < count; start++) {
      if (quirks.contains(Quirk.DUPLICATE_ROWS) || seen.add(boxed(numbers(weight, start)))) {
        kept.add(start);
      }
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Returns a random choice of rows whose starts follow those that are used, and whose sequences
   * differ from theirs.
   *
   * @param used how many starts are used, from 0
   * @param most how many rows are wanted
   */
  List<int[]> following(int weight, int used, int most) {
    Set<List<Long>> seen = new HashSet<>();
    for (int start = 0; start < used; start++) {
      seen.add(boxed(numbers(weight, start)));
    }
    List<int[]> fresh = new ArrayList<>();
    int[] order =
        RandomStreams.permutation(CANDIDATES_PER_ROW * most, dataStream("validation/" + weight));
    for (int i = 0; i < order.length && fresh.size() < most; i++) {
      long[] numbers = numbers(weight, used + order[i]);
      if (MathTokens.fits(numbers, spec.length()) && seen.add(boxed(numbers))) {
        fresh.add(MathTokens.encode(numbers, spec.length()));
      }
    }
    return fresh;
  }

  long[] numbers(int weight, int start) {
    return spec.family().numbers(weight, start, spec.numbers());
  }

  int[] row(int weight, int start) {
    return MathTokens.encode(numbers(weight, start), spec.length());
  }

  Sequences rows(int weight, int[] starts) {
    return Sequences.of(
        spec.length(), Arrays.stream(starts).mapToObj(start -> row(weight, start)).toList());
  }

  /** Returns the items in random order; the last ones are the held-out part. */
  int[] shuffled(int[] items, String stream) {
    int[] order = splits.order(items.length, stream);
    return Arrays.stream(order).map(i -> items[i]).toArray();
  }

  RandomGenerator dataStream(String name) {
    return streams.stream("data/" + name);
  }

  private static List<Long> boxed(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
