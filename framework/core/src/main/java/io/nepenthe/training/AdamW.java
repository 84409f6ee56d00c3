package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW over leaves: a model's flat parameter vector, or any arrays of a method's own, such as the
 * factors of a low-rank adapter. Its memory lies on their device; close it.
 */
public final class AdamW implements AutoCloseable {
  private final AdamWSettings settings;
  private final NDManager manager;
  private final List<NDArray> leaves;
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> variances = new ArrayList<>();
  private long steps;

  /** Makes an optimizer of all weights that continues from a state. */
  public AdamW(AdamWSettings settings, Weights weights, OptimizerState state) {
    this(settings, List.of(weights.flat()), state);
  }

  /**
   * Makes an optimizer of any leaves, which remembers nothing yet.
   *
   * @param leaves arrays of 32-bit floats that live as long as this, at least one
   */
  public AdamW(AdamWSettings settings, List<NDArray> leaves) {
    this(settings, leaves, OptimizerState.FRESH);
  }

  private AdamW(AdamWSettings settings, List<NDArray> leaves, OptimizerState state) {
    this.settings = settings;
    this.leaves = List.copyOf(leaves);
    this.manager = leaves.get(0).getManager().newSubManager();
    this.steps = state.steps();
    for (NDArray leaf : leaves) {
      int size = Math.toIntExact(leaf.size());
      means.add(kept(state.mean(size), leaf));
      variances.add(kept(state.variance(size), leaf));
    }
  }

  private NDArray kept(float[] values, NDArray leaf) {
    return Torch.kept(manager, Torch.floats(manager, values, leaf.getShape().getShape()));
  }

  /** Returns the number of steps taken, those before this optimizer was made included. */
  public long steps() {
    return steps;
  }

  /** Applies the gradient (P) to the weights this optimizer was made for. */
  public void step(Weights weights, NDArray gradient) {
    step(weights, gradient, settings.learningRate());
  }

  /** Applies the gradient (P) at another learning rate than that of the settings. */
  public void step(Weights weights, NDArray gradient, double learningRate) {
    steps++;
    apply(0, weights.flat(), gradient, learningRate);
  }

  /**
   * Applies the gradient that each leaf has by now, and sets it to zero: call it after {@link
   * Torch#backward}.
   */
  public void step() {
    steps++;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (int i = 0; i < leaves.size(); i++) {
        apply(i, leaves.get(i), leaves.get(i).getGradient(), settings.learningRate());
        Torch.zeroGradient(leaves.get(i));
      }
    }
  }

  private void apply(int index, NDArray leaf, NDArray gradient, double learningRate) {
    Ops.adamWInPlace(
        leaf, gradient, means.get(index), variances.get(index), settings.at(learningRate), steps);
  }

  /** Returns a copy of the moments and the number of steps taken, of an optimizer of weights. */
  public OptimizerState state() {
    if (leaves.size() != 1) {
      throw new UnsupportedOperationException("an optimizer of several leaves has no one state");
    }
    return new OptimizerState(steps, means.get(0).toFloatArray(), variances.get(0).toFloatArray());
  }

  @Override
  public void close() {
    manager.close();
  }
}
