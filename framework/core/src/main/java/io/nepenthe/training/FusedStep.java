package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.FusedGradient;
import io.nepenthe.model.Weights;

/** Steps of plain training without autograd; owns the memory of the gradient. */
final class FusedStep implements AutoCloseable {
  private final FusedGradient source;
  private final Weights weights;
  private final AdamW optimizer;
  private final Weights gradient;

  FusedStep(FusedGradient source, Weights weights, AdamW optimizer) {
    this.source = source;
    this.weights = weights;
    this.optimizer = optimizer;
    this.gradient = Weights.zeros(weights.layout(), weights.manager());
  }

  /** Takes a step and returns its loss, in nats; called without gradients, within a scope. */
  double take(TokenBatch batch) {
    NDArray loss = source.compute(weights, batch.inputs(), batch.targets(), gradient);
    optimizer.step(weights, gradient.flat());
    return loss.toFloatArray()[0];
  }

  @Override
  public void close() {
    gradient.close();
  }
}
