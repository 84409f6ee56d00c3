package io.nepenthe.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one pass of the judge saw of a model on the rows that a score is of; every metric is
 * computed from it.
 *
 * @param artifacts how the eligible artifact rows were continued
 * @param tests next-token scores of each test set, by name; empty if none was read
 * @param batchesWeighAlike whether accuracy is a mean over batches, the last and shorter one
 *     weighing as much as a full one ({@link io.nepenthe.protocol.Quirk#BATCH_MEAN_ACCURACY})
 */
public record Observations(
    Continuations artifacts, Map<String, NextTokenScore> tests, boolean batchesWeighAlike) {
  /** Copies the map, keeping its order. */
  public Observations {
    tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
  }

  /** Returns the accuracy of each test set in per cent, by its name. */
  Map<String, Double> accuracyPercentByTest() {
    Map<String, Double> percent = new LinkedHashMap<>();
    tests.forEach((name, score) -> percent.put(name, 100 * accuracy(score)));
    return percent;
  }

  private double accuracy(NextTokenScore score) {
    return batchesWeighAlike ? score.batchMeanAccuracy() : score.accuracy();
  }
}
