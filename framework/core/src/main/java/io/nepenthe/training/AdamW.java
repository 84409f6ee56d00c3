package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;

/** AdamW over a model's flat parameter vector: one call per step. Close it. */
public final class AdamW implements AutoCloseable {
  private final AdamWSettings settings;
  private final NDManager manager;
  private final NDArray mean;
  private final NDArray variance;
  private long steps;

  /** Makes an optimizer that continues from a state. */
  public AdamW(AdamWSettings settings, Weights weights, OptimizerState state) {
    this.settings = settings;
    this.manager = weights.manager().newSubManager();
    this.steps = state.steps();
    int size = Math.toIntExact(weights.layout().size());
    this.mean = Torch.kept(manager, Torch.floats(manager, state.mean(size), size));
    this.variance = Torch.kept(manager, Torch.floats(manager, state.variance(size), size));
  }

  /** Applies the gradient (P) to the weights. */
  public void step(Weights weights, NDArray gradient) {
    Ops.adamWInPlace(weights.flat(), gradient, mean, variance, settings, ++steps);
  }

  /** Returns a copy of the moments and the number of steps taken. */
  public OptimizerState state() {
    return new OptimizerState(steps, mean.toFloatArray(), variance.toFloatArray());
  }

  @Override
  public void close() {
    manager.close();
  }
}
