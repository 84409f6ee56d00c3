package io.nepenthe.training;

/**
 * AdamW's memory: steps taken, first and second moment in model order.
 *
 * <p>Fine-tuning continues with the state training ended with, as the paper's does (KNOWN_QUIRKS
 * 39).
 */
public final class OptimizerState {
  /** No steps taken. */
  public static final OptimizerState FRESH = new OptimizerState(0, new float[0], new float[0]);

  private final long steps;
  private final float[] mean;
  private final float[] variance;

  /** Keeps the arrays as they are; they must not change afterwards. */
  public OptimizerState(long steps, float[] mean, float[] variance) {
    this.steps = steps;
    this.mean = mean;
    this.variance = variance;
  }

  /** Returns the number of steps taken. */
  public long steps() {
    return steps;
  }

  /** Returns a copy of the first moment; zeros if no step was taken. */
  public float[] mean(int size) {
    return steps == 0 ? new float[size] : mean.clone();
  }

  /** Returns a copy of the second moment; zeros if no step was taken. */
  public float[] variance(int size) {
    return steps == 0 ? new float[size] : variance.clone();
  }
}
