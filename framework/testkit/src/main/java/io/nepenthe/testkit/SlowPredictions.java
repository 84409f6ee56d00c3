package io.nepenthe.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tiny model predicts with some weights, one row and one token at a time, in double
 * precision from its logits: definitions of losses are written in it as loops.
 */
public final class SlowPredictions {
  private final TinyFixture fixture = TinyFixture.trained();
  private final float[] values;
  private final Map<List<Integer>, double[][]> rows = new HashMap<>();

  SlowPredictions(float[] values) {
    this.values = values;
  }

  /** Returns the logits of every token in the place of a row's token, given those before it. */
  public double[] logits(Sequences data, int row, int position) {
    List<Integer> tokens = Arrays.stream(data.row(row)).boxed().toList();
    return rows.computeIfAbsent(tokens, key -> computed(data, row))[position - 1].clone();
  }

  /** Returns the log-probability of every token in the place of a row's token. */
  public double[] logProbabilities(Sequences data, int row, int position) {
    return logSoftmax(logits(data, row, position));
  }

  /** Returns the log-probability of a row's token, given those before it. */
  public double logProbability(Sequences data, int row, int position) {
    return logProbabilities(data, row, position)[data.token(row, position)];
  }

  /** Returns the sum of those of a row's tokens from one position to before another. */
  public double logProbability(Sequences data, int row, int from, int to) {
    double sum = 0;
    for (int position = from; position < to; position++) {
      sum += logProbability(data, row, position);
    }
    return sum;
  }

  /** Returns logits less the logarithm of the sum of their exponentials. */
  public static double[] logSoftmax(double... logits) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double sum = Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).sum();
    return Arrays.stream(logits).map(logit -> logit - largest - Math.log(sum)).toArray();
  }

  private double[][] computed(Sequences data, int row) {
    double[][][] found = new double[1][][];
    try (Weights weights = fixture.weights(values)) {
      Torch.withGradients(false, () -> found[0] = computed(weights, data, row));
    }
    return found[0];
  }

  private double[][] computed(Weights weights, Sequences data, int row) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Parameters parameters = weights.parameters();
      NDArray inputs = TokenBatch.of(weights.manager(), data, new int[] {row}).inputs();
      NDArray states = fixture.model().hiddenStates(parameters, inputs, Tap.NONE);
      float[] logits = fixture.model().logits(parameters, states).toFloatArray();
      int vocabulary = fixture.model().vocabulary();
      double[][] byPosition = new double[logits.length / vocabulary][vocabulary];
      for (int i = 0; i < logits.length; i++) {
        byPosition[i / vocabulary][i % vocabulary] = logits[i];
      }
      return byPosition;
    }
  }
}
