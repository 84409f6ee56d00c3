package io.nepenthe.timing;

import java.util.Arrays;

/**
 * Work against a baseline, in turn: each is compared with the baseline right before and after it.
 * Machines are noisy, ratios of neighbours in time are not.
 *
 * @param ratio seconds of the work over those of the baseline, in the median
 * @param baseline seconds of the baseline, in the median
 */
record InTurn(double ratio, double baseline) {
  /** Measures pairs; whoever calls has warmed up both. */
  static InTurn of(Runnable work, Runnable baseline, int pairs) {
    double[] ratios = new double[pairs];
    double[] baselines = new double[pairs];
    double before = seconds(baseline);
    for (int i = 0; i < pairs; i++) {
      double seconds = seconds(work);
      double after = seconds(baseline);
      baselines[i] = (before + after) / 2;
      ratios[i] = seconds / baselines[i];
      before = after;
    }
    return new InTurn(median(ratios), median(baselines));
  }

  private static double seconds(Runnable body) {
    long start = System.nanoTime();
    body.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
