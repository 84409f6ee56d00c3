package io.nepenthe.metric;

import java.util.stream.IntStream;

/**
 * What one teacher-forced pass made of each row: counts and losses, from which any of the rows can
 * be scored without another pass (EVALUATION 2 and 3). Sums are of 64 bits.
 */
public final class NextTokenTally {
  private final int targetsPerRow;
  private final BatchMeans means;
  private final int[] correct;
  private final int[] predictable;
  private final int[] predictableCorrect;
  private final double[] loss;

  /**
   * Starts a tally.
   *
   * @param rows number of rows
   * @param targetsPerRow number of targets of each
   * @param means how means over batches are taken
   */
  NextTokenTally(int rows, int targetsPerRow, BatchMeans means) {
    this.targetsPerRow = targetsPerRow;
    this.means = means;
    this.correct = new int[rows];
    this.predictable = new int[rows];
    this.predictableCorrect = new int[rows];
    this.loss = new double[rows];
  }

  /** Counts one target of a row. */
  void add(int row, boolean isHit, boolean isPredictable, float nats) {
    correct[row] += isHit ? 1 : 0;
    predictable[row] += isPredictable ? 1 : 0;
    predictableCorrect[row] += isPredictable && isHit ? 1 : 0;
    loss[row] += nats;
  }

  /** Returns the score of all rows. */
  public NextTokenScore score() {
    return score(IntStream.range(0, loss.length).toArray());
  }

  /** Returns the score of the given rows, at least one, in batches of their order. */
  public NextTokenScore score(int... rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("no rows have no score; give at least one");
    }
    long hits = 0;
    long countedTargets = 0;
    long countedHits = 0;
    double totalLoss = 0;
    double batchAccuracies = 0;
    double batchPerplexities = 0;
    int batches = 0;
    for (int from = 0; from < rows.length; from += means.batch()) {
      int to = Math.min(from + means.batch(), rows.length);
      long batchHits = 0;
      double batchLoss = 0;
      for (int i = from; i < to; i++) {
        batchHits += correct[rows[i]];
        batchLoss += loss[rows[i]];
        countedTargets += predictable[rows[i]];
        countedHits += predictableCorrect[rows[i]];
      }
      double targets = (double) (to - from) * targetsPerRow;
      batchAccuracies += batchHits / targets;
      batchPerplexities = means.plus(batchPerplexities, means.perplexity(batchLoss / targets));
      batches++;
      hits += batchHits;
      totalLoss += batchLoss;
    }
    long targets = (long) rows.length * targetsPerRow;
    return new NextTokenScore(
        (double) hits / targets,
        batchAccuracies / batches,
        (double) countedHits / countedTargets,
        Math.exp(totalLoss / targets),
        batchPerplexities / batches,
        totalLoss,
        targets);
  }
}
