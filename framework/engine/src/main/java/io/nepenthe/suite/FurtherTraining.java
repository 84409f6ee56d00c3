package io.nepenthe.suite;

import io.nepenthe.training.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained on that was trained elsewhere; what is left out is the paper's.
 *
 * @param batchSize rows of a step
 * @param learningRate of AdamW
 * @param weightDecay of AdamW; 0.1 if left out
 */
public record FurtherTraining(int batchSize, double learningRate, @Nullable Double weightDecay) {
  /** Fills in what was left out and checks the ranges. */
  public FurtherTraining {
    weightDecay = weightDecay == null ? TrainingSpec.PAPER_WEIGHT_DECAY : weightDecay;
    TrainingSpec.settings(1, batchSize, learningRate, weightDecay);
  }

  /** Returns the settings of a training loop; how many passes it makes, a method says. */
  TrainingSettings settings() {
    return TrainingSpec.settings(1, batchSize, learningRate, weightDecay);
  }
}
