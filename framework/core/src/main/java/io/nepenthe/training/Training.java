package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.List;
import java.util.Optional;

/**
 * Trains a model by passes over shuffled rows (MODEL_AND_TRAINING 2).
 *
 * <p>The order of pass e depends on the seed and e only, so that training resumed after any pass
 * ends with the identical weights. Loss: mean cross-entropy over every target of the trained
 * columns, padding among them included. Not thread-safe; close it.
 */
public final class Training implements AutoCloseable {
  private final LanguageModel model;
  private final Weights weights;
  private final Sequences rows;
  private final int length;
  private final TrainingSettings settings;
  private final TrainingHook hook;
  private final RandomStreams streams;
  private final AdamW optimizer;
  private final Optional<FusedStep> fused;

  /**
   * Prepares a training; the weights are changed in place.
   *
   * @param rows the training rows
   * @param length how many leading columns are trained, at least 2
   * @param streams where the shuffles come from, stream "shuffle/e" for pass e
   * @param state what the optimizer remembers
   */
  public Training(
      LanguageModel model,
      Weights weights,
      Sequences rows,
      int length,
      TrainingSettings settings,
      TrainingHook hook,
      RandomStreams streams,
      OptimizerState state) {
    this.model = model;
    this.weights = weights;
    this.rows = rows;
    this.length = length;
    this.settings = settings;
    this.hook = hook;
    this.streams = streams;
    this.optimizer = new AdamW(settings.optimizer(), weights, state);
    this.fused =
        settings.fused() && hook == TrainingHook.NONE && !weights.manager().getDevice().isGpu()
            ? model.fusedGradient().map(gradient -> new FusedStep(gradient, weights, optimizer))
            : Optional.empty();
  }

  /** Receives the number of steps done; may throw to abort. */
  @FunctionalInterface
  public interface StepListener {
    /** So many of the pass's steps are done. */
    void stepped(long done, long total);
  }

  /** Runs one pass as {@link #pass(int, StepListener)} does, telling nobody. */
  public double pass(int pass) {
    return pass(pass, (done, total) -> {});
  }

  /**
   * Runs one pass and returns its mean training loss in nats.
   *
   * @param pass the number of the pass, from 0 over the model's whole life; it chooses the shuffle
   * @param listener called before each step
   */
  public double pass(int pass, StepListener listener) {
    int[] order = RandomStreams.permutation(rows.rows(), streams.stream("shuffle/" + pass));
    List<int[]> batches = MiniBatches.of(order, settings.batchSize());
    double sum = 0;
    for (int b = 0; b < batches.size(); b++) {
      listener.stepped(b, batches.size());
      sum += step(batches.get(b)) * batches.get(b).length;
    }
    return sum / order.length;
  }

  /** Takes one optimizer step on the given rows and returns its loss in nats. */
  public double step(int[] batchRows) {
    double[] value = new double[1];
    Torch.withGradients(
        fused.isEmpty(),
        () -> value[0] = fused.isPresent() ? fusedStep(batchRows) : recordedStep(batchRows));
    return value[0];
  }

  private double fusedStep(int[] batchRows) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return fused.orElseThrow().take(TokenBatch.of(weights.manager(), rows, batchRows, length));
    }
  }

  private double recordedStep(int[] batchRows) {
    NDArray flat = weights.flat();
    flat.setRequiresGradient(true);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TokenBatch batch = TokenBatch.of(weights.manager(), rows, batchRows, length);
      double loss;
      if (batchRows.length <= hook.rowsPerGradient()) {
        loss = backward(batch);
        apply(flat.getGradient(), loss, batch);
      } else {
        NDArray mean = flat.zerosLike();
        loss = partwise(batchRows, mean);
        apply(mean, loss, batch);
      }
      Torch.zeroGradient(flat);
      return loss;
    } finally {
      flat.setRequiresGradient(false);
    }
  }

  /** Adds the gradient of the rows to the weights', and returns their loss. */
  private double backward(TokenBatch batch) {
    NDArray loss = hook.objective(model, weights.parameters(), batch);
    Torch.backward(loss);
    return loss.toFloatArray()[0];
  }

  /** Adds up the gradients of the parts, and returns the mean of their losses. */
  private double partwise(int[] batchRows, NDArray mean) {
    double sum = 0;
    for (int[] part : MiniBatches.of(batchRows, hook.rowsPerGradient())) {
      double share = (double) part.length / batchRows.length;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        TokenBatch batch = TokenBatch.of(weights.manager(), rows, part, length);
        sum += share * backward(batch);
        NDArray gradient = weights.flat().getGradient();
        Torch.withGradients(
            false,
            () -> {
              hook.partGradient(gradient, batch);
              mean.addi(Ops.scale(gradient, share));
            });
        Torch.zeroGradient(weights.flat());
      }
    }
    return sum;
  }

  private void apply(NDArray gradient, double loss, TokenBatch batch) {
    long number = optimizer.steps() + 1;
    Torch.withGradients(
        false, () -> hook.gradient(gradient, new TrainingStep(number, loss, batch, weights)));
    double usual = settings.optimizer().learningRate();
    optimizer.step(weights, gradient, hook.learningRate(usual, number));
  }

  /** Returns the optimizer's state. */
  public OptimizerState optimizerState() {
    return optimizer.state();
  }

  @Override
  public void close() {
    fused.ifPresent(FusedStep::close);
    optimizer.close();
  }
}
