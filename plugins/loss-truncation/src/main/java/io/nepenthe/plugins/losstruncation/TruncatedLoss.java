package io.nepenthe.plugins.losstruncation;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Parameters;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import java.util.Optional;

/** The mean loss of the rows below a running quantile of row losses. */
final class TruncatedLoss implements TrainingHook {
  private final RunningQuantile quantile;
  private final boolean dividesByFullBatch;

  /** With {@code dividesByFullBatch} (quirk K6) dropped rows count in the mean's divisor. */
  TruncatedLoss(RunningQuantile quantile, boolean dividesByFullBatch) {
    this.quantile = quantile;
    this.dividesByFullBatch = dividesByFullBatch;
  }

  @Override
  public NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
    float[] losses = rowLosses.toFloatArray();
    quantile.add(losses);
    float[] factors = factors(losses);
    // Without a kept row this is 0, and so is its gradient.
    return rowLosses.mul(Torch.floats(rowLosses.getManager(), factors, factors.length)).sum();
  }

  private float[] factors(float[] losses) {
    float[] factors = new float[losses.length];
    int kept = 0;
    for (int i = 0; i < losses.length; i++) {
      factors[i] = losses[i] < quantile.threshold() ? 1 : 0;
      kept += (int) factors[i];
    }
    int divisor = dividesByFullBatch ? losses.length : Math.max(kept, 1);
    for (int i = 0; i < losses.length; i++) {
      factors[i] /= divisor;
    }
    return factors;
  }

  @Override
  public Optional<float[]> state() {
    return Optional.of(quantile.state());
  }

  @Override
  public void restore(float[] state) {
    quantile.restore(state);
  }
}
