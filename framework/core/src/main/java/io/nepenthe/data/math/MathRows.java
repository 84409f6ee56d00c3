package io.nepenthe.data.math;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Splits;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Generates, filters and splits the clean rows of each task (DATA 1.1 to 1.3). */
final class MathRows {
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
