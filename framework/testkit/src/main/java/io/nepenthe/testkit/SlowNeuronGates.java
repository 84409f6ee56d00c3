package io.nepenthe.testkit;

import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;

/**
 * What {@link io.nepenthe.editing.NeuronGates} learns, by its definition: a gate scales a neuron's
 * outgoing weights in a copy of the tiny model, whose weights are all differentiated; chain rule
 * and Adam are loops in 64 bits. One entry per neuron, layer after layer.
 */
public final class SlowNeuronGates {
  private static final double LEARNING_RATE = 0.1;
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final TinyFixture fixture = TinyFixture.trained();
  private final LanguageModel model = fixture.model();
  private final Sequences rows;
  private final double[] gradient = new double[model.layers() * model.hiddenUnits()];
  private final double[] mean = new double[gradient.length];
  private final double[] variance = new double[gradient.length];
  private int steps;

  /** Prepares the learning on some rows. */
  public SlowNeuronGates(Sequences rows) {
    this.rows = rows;
  }

  /** Returns the number of neurons. */
  public int size() {
    return gradient.length;
  }

  /** Returns the gradient of the mean language-model loss of a mini-batch at its gates. */
  public double[] gateGradient(double[] gates, int[] batch) {
    float[] original = fixture.original();
    float[] all = gradientOfAllWeights(gated(gates), batch);
    double[] sums = new double[gates.length];
    for (int neuron = 0; neuron < gates.length; neuron++) {
      for (int d = 0; d < model.width(); d++) {
        int weight = outgoing(neuron) + d;
        sums[neuron] += (double) all[weight] * original[weight];
      }
    }
    return sums;
  }

  private float[] gated(double[] gates) {
    float[] values = fixture.original();
    for (int neuron = 0; neuron < gates.length; neuron++) {
      for (int d = 0; d < model.width(); d++) {
        values[outgoing(neuron) + d] *= (float) gates[neuron];
      }
    }
    return values;
  }

  /** Returns where the first of a neuron's outgoing weights lies. */
  private int outgoing(int neuron) {
    int layer = neuron / model.hiddenUnits();
    TensorSpec tensor = model.layout().tensor(model.mlp().get(layer).out().weight());
    return (int) tensor.offset() + neuron % model.hiddenUnits() * model.width();
  }

  private float[] gradientOfAllWeights(float[] values, int[] batchRows) {
    float[][] gradient = new float[1][];
    try (Weights weights = fixture.weights(values)) {
      weights.flat().setRequiresGradient(true);
      Torch.withGradients(
          true,
          () -> {
            try (NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              int length = fixture.training().length();
              TokenBatch batch = TokenBatch.of(weights.manager(), rows, batchRows, length);
              Torch.backward(NextTokenLoss.mean(model, weights.parameters(), batch));
              gradient[0] = weights.flat().getGradient().toFloatArray();
            }
          });
    }
    return gradient[0];
  }

  /** Adds a gradient with respect to the learned numbers. */
  public void add(double[] more) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += more[i];
    }
  }

  /** Begins a new sum of gradients. */
  public void clear() {
    Arrays.fill(gradient, 0);
  }

  /** Returns what one step of Adam makes of the numbers. */
  public double[] step(double[] numbers) {
    steps++;
    double[] after = numbers.clone();
    for (int i = 0; i < after.length; i++) {
      mean[i] = BETA_1 * mean[i] + (1 - BETA_1) * gradient[i];
      variance[i] = BETA_2 * variance[i] + (1 - BETA_2) * gradient[i] * gradient[i];
      double correctedMean = mean[i] / (1 - Math.pow(BETA_1, steps));
      double correctedVariance = variance[i] / (1 - Math.pow(BETA_2, steps));
      after[i] -= LEARNING_RATE * correctedMean / (Math.sqrt(correctedVariance) + EPSILON);
    }
    return after;
  }
}
