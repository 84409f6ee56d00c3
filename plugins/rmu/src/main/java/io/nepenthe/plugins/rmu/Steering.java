package io.nepenthe.plugins.rmu;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.AdamW;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.unlearning.AnswerTokens;
import io.nepenthe.unlearning.RetainedRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The steps of RMU. The matrices that move are leaves of their own, so that the model's weights are
 * the reference until {@link #write}. B = rows, T = tokens read, D = width. Close it.
 */
final class Steering implements AutoCloseable {
  private static final int BLOCKS_THAT_MOVE = 3;

  private final MitigationContext context;
  private final LanguageModel model;
  private final int layer;
  private final double alpha;
  private final RetainedRows retained;
  private final NDManager manager;
  private final NDArray target; // c u, (D)
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();
  private final AdamW optimizer;

  Steering(RmuParams hyperparameters, MitigationContext context) {
    this.context = context;
    this.model = context.model();
    this.layer = hyperparameters.layer(model.layers());
    this.alpha = hyperparameters.alpha();
    this.retained = new RetainedRows(context, hyperparameters.epochs());
    this.manager = context.weights().manager().newSubManager();
    float[] vector = vector(hyperparameters.coefficient(), model.width(), context.random("u"));
    this.target = Torch.kept(manager, Torch.floats(manager, vector, vector.length));
    for (int i = Math.max(0, layer + 1 - BLOCKS_THAT_MOVE); i <= layer; i++) {
      addLeaf(model.mlp().get(i).out().weight(), context.weights());
    }
    AdamWSettings settings =
        new AdamWSettings(hyperparameters.learningRate(), 0.9, 0.999, 1e-8, 0.01);
    this.optimizer = new AdamW(settings, List.copyOf(leaves.values()));
  }

  /** Returns c u: u has entries drawn from [0, 1), and length 1. */
  static float[] vector(double coefficient, int width, RandomGenerator random) {
    float[] vector = new float[width];
    double square = 0;
    for (int i = 0; i < width; i++) {
      vector[i] = random.nextFloat();
      square += vector[i] * (double) vector[i];
    }
    for (int i = 0; i < width; i++) {
      vector[i] = (float) (vector[i] * coefficient / Math.sqrt(square));
    }
    return vector;
  }

  private void addLeaf(String matrix, Weights weights) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray copy = FloatArrays.widened(weights.tensor(matrix)).duplicate();
      NDArray leaf = Torch.kept(manager, copy);
      leaf.setRequiresGradient(true);
      leaves.put(matrix, leaf);
    }
  }

  /** Takes one step on some rows to forget, and as many to keep. */
  void step(int... forget) {
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            AnswerTokens answers = AnswerTokens.of(context, context.forgetSet(), forget);
            NDArray keeping = Ops.scale(keeping(retained.next(answers)), alpha);
            Torch.backward(forgetting(answers).add(keeping));
            optimizer.step();
          }
        });
  }

  /** Returns how far the stream is from the target where compared tokens are predicted. */
  private NDArray forgetting(AnswerTokens answers) {
    NDArray all = stream(moved(), answers.batch()).reshape(-1, model.width()); // (N, D)
    return answers.at(all).sub(target).square().mean();
  }

  /** Returns how far the stream is from the original model's, everywhere. */
  private NDArray keeping(TokenBatch batch) {
    NDArray[] before = new NDArray[1];
    Torch.withGradients(
        false, () -> before[0] = stream(context.weights().parameters(), batch)); // (B, T, D)
    return stream(moved(), batch).sub(before[0]).square().mean();
  }

  private Parameters moved() {
    Parameters parameters = context.weights().parameters();
    for (Map.Entry<String, NDArray> leaf : leaves.entrySet()) {
      parameters = parameters.with(leaf.getKey(), leaf.getValue());
    }
    return parameters;
  }

  /** Returns the stream that leaves the steered block, (B, T, D). */
  private NDArray stream(Parameters parameters, TokenBatch batch) {
    StreamRecorder recorder = new StreamRecorder(layer + 1);
    model.hiddenStates(parameters, batch.inputs(), recorder);
    return recorder.recorded();
  }

  /** Overwrites the model's matrices with those that moved. */
  void write() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Torch.withGradients(false, () -> leaves.forEach(this::write));
    }
  }

  private void write(String matrix, NDArray leaf) {
    Ops.copyInPlace(context.weights().tensor(matrix), leaf);
  }

  @Override
  public void close() {
    optimizer.close();
    manager.close();
  }
}
