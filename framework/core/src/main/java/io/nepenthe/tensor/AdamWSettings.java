package io.nepenthe.tensor;

/**
 * Hyper-parameters of AdamW.
 *
 * <p>The paper's values (MODEL_AND_TRAINING 2): learning rate 1e-3, beta 0.9 and 0.98, epsilon
 * 1e-8, weight decay 0.1 on every parameter, which is what the paper calls L2 regularization.
 *
 * @param learningRate step size, in (0, 1]
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, &gt; 0
 * @param weightDecay decoupled decay, in [0, 1]
 */
public record AdamWSettings(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
  /** Checks the ranges. */
  public AdamWSettings {
    require(learningRate > 0 && learningRate <= 1, "learningRate", learningRate, "(0, 1]");
    require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "[0, 1)");
    require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "[0, 1)");
    require(epsilon > 0, "epsilon", epsilon, "(0, inf)");
    require(weightDecay >= 0 && weightDecay <= 1, "weightDecay", weightDecay, "[0, 1]");
  }

  /** Returns the paper's settings with another learning rate. */
  public static AdamWSettings paper(double learningRate) {
    return new AdamWSettings(learningRate, 0.9, 0.98, 1e-8, 0.1);
  }

  /** Returns these settings with another learning rate. */
  public AdamWSettings at(double other) {
    return other == learningRate
        ? this
        : new AdamWSettings(other, beta1, beta2, epsilon, weightDecay);
  }

  private static void require(boolean holds, String name, double value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in " + range);
    }
  }
}
