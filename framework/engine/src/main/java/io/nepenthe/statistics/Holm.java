package io.nepenthe.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's step-down correction for several tests at once (Holm, 1979). */
public final class Holm {
  private Holm() {}

  /**
   * Returns the adjusted p-values, in the order given: the k-th smallest of m is multiplied by m -
   * k + 1, no adjusted value is below that of a smaller p, and none is above 1.
   *
   * @param p p-values in [0, 1]
   */
  public static List<Double> adjust(List<Double> p) {
    for (double value : p) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("a p-value is " + value + ", must be in [0, 1]");
      }
    }
    int m = p.size();
    List<Integer> rising =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.<Integer, Double>comparing(p::get))
            .toList();
    List<Double> adjusted = new ArrayList<>(Collections.nCopies(m, 1.0));
    double largest = 0;
    for (int k = 0; k < m; k++) {
      int test = rising.get(k);
      largest = Math.min(1, Math.max(largest, (m - k) * p.get(test)));
      adjusted.set(test, largest);
    }
    return List.copyOf(adjusted);
  }
}
