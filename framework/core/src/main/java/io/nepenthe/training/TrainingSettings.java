package io.nepenthe.training;

import io.nepenthe.tensor.AdamWSettings;

/**
 * Settings of a training (MODEL_AND_TRAINING 2).
 *
 * @param passes passes over the training rows; the paper's "epoch 3500" is 3 501 passes
 * @param batchSize rows of a step, 128 in the paper; the last short batch is kept
 * @param optimizer AdamW's settings
 * @param fused true if plain training takes the architecture's {@link
 *     io.nepenthe.model.FusedGradient}, where it has one
 */
public record TrainingSettings(int passes, int batchSize, AdamWSettings optimizer, boolean fused) {
  /** Checks the ranges. */
  public TrainingSettings {
    if (passes < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "training has passes "
              + passes
              + " and batchSize "
              + batchSize
              + ", both must be at least 1");
    }
  }

  /** Makes settings of a training by autograd. */
  public TrainingSettings(int passes, int batchSize, AdamWSettings optimizer) {
    this(passes, batchSize, optimizer, false);
  }

  /** Returns these settings, by autograd. */
  public TrainingSettings byAutograd() {
    return new TrainingSettings(passes, batchSize, optimizer);
  }

  /** Returns these settings with another learning rate. */
  public TrainingSettings at(double learningRate) {
    return new TrainingSettings(passes, batchSize, optimizer.at(learningRate), fused);
  }
}
