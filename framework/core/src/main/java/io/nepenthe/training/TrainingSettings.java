package io.nepenthe.training;

import io.nepenthe.tensor.AdamWSettings;

/**
 * Settings of a training (MODEL_AND_TRAINING 2).
 *
 * @param passes passes over the training rows; the paper's "epoch 3500" is 3 501 passes
 * @param batchSize rows of a step, 128 in the paper; the last short batch is kept
 * @param optimizer AdamW's settings
 */
public record TrainingSettings(int passes, int batchSize, AdamWSettings optimizer) {
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

  /** Returns these settings with another learning rate. */
  public TrainingSettings at(double learningRate) {
    return new TrainingSettings(passes, batchSize, optimizer.at(learningRate));
  }
}
