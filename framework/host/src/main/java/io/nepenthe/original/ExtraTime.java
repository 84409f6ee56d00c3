package io.nepenthe.original;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.Arrays;

/**
 * What a regularizer adds to training time (EVALUATION 6): steps with and without it in turn on a
 * copy of the trained model, the difference scaled to the whole training.
 */
public final class ExtraTime implements AutoCloseable {
  private static final int WARM_UPS = 3;
  private static final int STEPS = 30;

  private final Weights plainWeights;
  private final Weights hookedWeights;
  private final Training plain;
  private final Training hooked;
  private final int[] batch;
  private final long steps;

  /** Prepares both trainings; the given weights stay as they are. */
  public ExtraTime(
      LanguageModel model, Weights weights, TrainingSettings settings, TrainingSetup setup) {
    this.plainWeights = weights.copy();
    this.hookedWeights = weights.copy();
    this.plain = training(model, plainWeights, settings, setup, TrainingHook.NONE);
    this.hooked = training(model, hookedWeights, settings, setup, setup.hook());
    Sequences rows = setup.rows();
    this.batch = Arrays.copyOf(rows.indices(), Math.min(settings.batchSize(), rows.rows()));
    long stepsPerPass = (rows.rows() + settings.batchSize() - 1L) / settings.batchSize();
    this.steps = stepsPerPass * settings.passes();
  }

  private static Training training(
      LanguageModel model,
      Weights weights,
      TrainingSettings settings,
      TrainingSetup setup,
      TrainingHook hook) {
    return new Training(
        model,
        weights,
        setup.rows(),
        setup.length(),
        settings,
        hook,
        new RandomStreams(0),
        OptimizerState.FRESH);
  }

  /**
   * Returns the seconds added to a whole training: the median difference of a step with and
   * without, times the number of steps. Can be slightly negative, as noise is.
   */
  public double ofWholeTraining() {
    double[] differences = new double[STEPS];
    for (int i = -WARM_UPS; i < STEPS; i++) {
      double with = seconds(hooked);
      double without = seconds(plain);
      differences[Math.max(i, 0)] = with - without;
    }
    Arrays.sort(differences);
    return (differences[STEPS / 2] + differences[(STEPS - 1) / 2]) / 2 * steps;
  }

  private double seconds(Training training) {
    long start = System.nanoTime();
    training.step(batch);
    Torch.synchronize(plainWeights.flat());
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    plain.close();
    hooked.close();
    plainWeights.close();
    hookedWeights.close();
  }
}
