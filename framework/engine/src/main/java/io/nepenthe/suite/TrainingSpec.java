package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.training.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Training of a task's original models; what is left out is the paper's (MODEL_AND_TRAINING 2).
 *
 * @param passes passes over the rows
 * @param batchSize rows of a step
 * @param learningRate of AdamW
 * @param weightDecay of AdamW; 0.1 if left out
 * @param checkpoints passes after which the model is kept and measured; the last is always
 * @param fused true if the gradient is computed by the architecture's own code in place of
 *     autograd, which rounds otherwise: another original; null if it is not
 */
public record TrainingSpec(
    int passes,
    int batchSize,
    double learningRate,
    @Nullable Double weightDecay,
    @Nullable List<Integer> checkpoints,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean fused) {
  static final double PAPER_WEIGHT_DECAY = 0.1;

  /** Fills in what was left out and checks the ranges. */
  public TrainingSpec {
    fused = Boolean.TRUE.equals(fused) ? true : null; // said or not, the same
    weightDecay = weightDecay == null ? PAPER_WEIGHT_DECAY : weightDecay;
    checkpoints =
        java.util.stream.Stream.concat(
                checkpoints == null ? java.util.stream.Stream.of() : checkpoints.stream(),
                java.util.stream.Stream.of(passes))
            .distinct()
            .sorted()
            .toList();
    if (checkpoints.get(0) < 1 || checkpoints.get(checkpoints.size() - 1) > passes) {
      throw new IllegalArgumentException(
          "training.checkpoints are " + checkpoints + ", must lie in [1, passes " + passes + "]");
    }
  }

  /** Makes a training by autograd. */
  public TrainingSpec(
      int passes,
      int batchSize,
      double learningRate,
      @Nullable Double weightDecay,
      @Nullable List<Integer> checkpoints) {
    this(passes, batchSize, learningRate, weightDecay, checkpoints, null);
  }

  /** Returns the settings of the training loop. */
  public TrainingSettings settings() {
    TrainingSettings plain = settings(passes, batchSize, learningRate, weightDecay);
    return new TrainingSettings(passes, batchSize, plain.optimizer(), fused != null);
  }

  /** Returns the paper's settings but for these. */
  static TrainingSettings settings(int passes, int batchSize, double learningRate, double decay) {
    AdamWSettings paper = AdamWSettings.paper(learningRate);
    return new TrainingSettings(
        passes,
        batchSize,
        new AdamWSettings(learningRate, paper.beta1(), paper.beta2(), paper.epsilon(), decay));
  }
}
