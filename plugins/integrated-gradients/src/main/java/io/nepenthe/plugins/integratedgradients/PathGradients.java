package io.nepenthe.plugins.integratedgradients;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradients of next-token probabilities while one layer is switched on, in J steps, at one position
 * at a time; added up over positions and rows.
 *
 * <p>Scaling the hidden units a of a layer by alpha at position t changes the stream behind the
 * layer at t to rest + alpha (a W2), and nothing before t; what comes after t is not asked for. So
 * one ordinary pass stores the keys and values of all layers, and each (t, alpha) is a single token
 * that runs through the layers above.
 *
 * <p>What the layer writes, alpha (a W2), is the leaf; where a model normalises that before it adds
 * it, so is what is added here. If g is its gradient, added up over the steps, then that of the
 * hidden units is g W2^T, and the sum of a * (g W2^T) over all positions is, unit by unit, the row
 * sum of W2 * (A^T G), with a and g as the rows of A and G. So only A^T G, (H, D), is kept of each
 * layer. No weight gets a gradient.
 *
 * <p>B = rows, P = positions of a span, N = B*P. Deterministic on one device with one number of
 * threads. Not thread-safe; close it.
 */
final class PathGradients implements AutoCloseable {
  /** J; alpha is 0, 1/19, ..., 1. */
  static final int STEPS = 20;

  /** How many rows are best added at once. */
  static final int ROWS = 16;

  // 16 rows of 10 positions in 20 steps: arrays of a few MB, which stay in a processor's cache.
  private static final int MOST_POSITIONS = 10;

  private final LanguageModel model;
  private final Weights weights;
  private final int length;
  private final List<Span> spans;
  private final NDManager manager;
  private final NDArray alphas;
  private final List<NDArray> sums = new ArrayList<>();
  private long positionsAdded;

  /** Prepares sums of zero. */
  PathGradients(MitigationContext context) {
    this.model = context.model();
    this.weights = context.weights();
    this.length = context.trainedLength(context.forgetSet());
    this.spans = Span.cut(context.windows().task().prompt() - 1, length - 1, MOST_POSITIONS);
    this.manager = weights.manager().newSubManager();
    this.alphas = Torch.kept(manager, Torch.floats(manager, alphas(), STEPS, 1));
    int neurons = model.hiddenUnits();
    int width = model.width();
    for (int layer = 0; layer < model.layers(); layer++) {
      sums.add(
          Torch.kept(manager, Torch.floats(manager, new float[neurons * width], neurons, width)));
    }
  }

  private static float[] alphas() {
    float[] alphas = new float[STEPS];
    for (int j = 0; j < STEPS; j++) {
      alphas[j] = (float) j / (STEPS - 1);
    }
    return alphas;
  }

  /** Adds the gradients of some rows, at every position that predicts a token of the suffix. */
  void add(Sequences rows, int[] chosen) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Parameters parameters = weights.parameters();
      TokenBatch batch = TokenBatch.of(weights.manager(), rows, chosen, length);
      try (OrdinaryPass pass = new OrdinaryPass(model, parameters, batch)) {
        for (Span span : spans) {
          add(span, pass, parameters);
          positionsAdded += (long) chosen.length * (span.to() - span.from());
        }
      }
    }
  }

  private void add(Span span, OrdinaryPass pass, Parameters parameters) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] mask = span.attentionMask(STEPS);
      NDArray attentionMask =
          Torch.floats(weights.manager(), mask, mask.length / span.earlier(), span.earlier());
      NDArray targets = pass.targets(span, STEPS);
      for (int layer = 0; layer < sums.size(); layer++) {
        add(layer, span, attentionMask, targets, pass, parameters);
      }
    }
  }

  private void add(
      int layer,
      Span span,
      NDArray attentionMask,
      NDArray targets,
      OrdinaryPass pass,
      Parameters parameters) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray hidden = pass.hidden(layer, span);
      NDArray written = hidden.matMul(outgoing(layer, parameters)); // (N, D)
      NDArray rest =
          pass.streamAfter(layer, span).sub(model.addedByMlp(parameters, layer, written));
      NDArray leaf = written.expandDims(1).mul(alphas); // (N, J, D)
      leaf.setRequiresGradient(true);
      Torch.withGradients(
          true,
          () -> {
            NDArray stream =
                model
                    .addedByMlp(parameters, layer, leaf)
                    .add(rest.expandDims(1))
                    .reshape(pass.rows(), -1, model.width()); // (N, J, D) -> (B, P*J, D)
            NDArray states =
                model.branches(
                    parameters, layer + 1, stream, attentionMask, pass.cache()); // (N*J, D)
            NDArray losses = model.losses(parameters, states, targets);
            NDArray probabilities = losses.neg().exp(); // (N*J)
            Torch.backward(probabilities.sum());
          });
      NDArray gradient = leaf.getGradient().sum(new int[] {1}); // (N, J, D) -> (N, D)
      sums.get(layer).addi(hidden.transpose().matMul(gradient)); // (H, N), (N, D) -> (H, D)
    }
  }

  /** Returns W2 of a layer, (H, D). */
  private NDArray outgoing(int layer, Parameters parameters) {
    return FloatArrays.widened(model.mlp().get(layer).out().matrix(parameters));
  }

  /** Returns each neuron's mean over all positions added. */
  NeuronScores scores() {
    List<float[]> scores = new ArrayList<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Parameters parameters = weights.parameters();
      for (int layer = 0; layer < sums.size(); layer++) {
        NDArray products = outgoing(layer, parameters).mul(sums.get(layer)); // (H, D)
        scores.add(divided(products.sum(new int[] {1}).toFloatArray(), STEPS * positionsAdded));
      }
    }
    return new NeuronScores(scores);
  }

  private static float[] divided(float[] sums, long count) {
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = sums[i] / count;
    }
    return means;
  }

  @Override
  public void close() {
    manager.close();
  }
}
