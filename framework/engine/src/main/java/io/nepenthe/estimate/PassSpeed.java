package io.nepenthe.estimate;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The speed at which this machine passes rows through a model.
 *
 * @param forwardSeconds forward pass with its loss, per row
 * @param stepSeconds training step, per row
 */
public record PassSpeed(double forwardSeconds, double stepSeconds) {
  private static final int WARM_UPS = 1;
  private static final int MEASURED = 3;

  /** Weights of the largest model that is tried as it is. */
  private static final long LARGEST_TRIED = 100_000_000;

  /** Of the model tried in place of larger ones: matrices wide enough to run at full speed. */
  private static final int SMALL_WIDTH = 512;

  private static final int SMALL_IDS = 4096;

  /** Enough rows for nearly the speed of a whole batch, few enough for large models. */
  private static final int MOST_ROWS = 32;

  /** Steps take as long whatever the settings; used where a suite says of none. */
  static final TrainingSettings ANY_TRAINING =
      new TrainingSettings(1, MOST_ROWS, AdamWSettings.paper(1e-3));

  /** Returns the speed of a model; of one too large for a try, that of a small one, scaled. */
  static PassSpeed of(
      LanguageModel model,
      TrainingSettings settings,
      int length,
      String device,
      FloatType computeType) {
    if (model.layout().size() <= LARGEST_TRIED) {
      return measured(model, settings, length, device, computeType);
    }
    LanguageModel small =
        model.architecture().model(new ModelSize(SMALL_IDS, length, SMALL_WIDTH, 4, 8));
    PassSpeed speed = measured(small, settings, length, device, computeType);
    double times = (double) model.layout().size() / small.layout().size();
    return new PassSpeed(speed.forwardSeconds * times, speed.stepSeconds * times);
  }

  /** Measures a few small steps and passes on a throw-away model: the median of three. */
  static PassSpeed measured(
      LanguageModel model,
      TrainingSettings settings,
      int length,
      String device,
      FloatType computeType) {
    RandomStreams streams = new RandomStreams(0);
    Sequences rows = Sequences.of(length, rows(Math.min(settings.batchSize(), MOST_ROWS), length));
    try (NDManager manager = Torch.newManager(Torch.device(device));
        Weights weights =
            Weights.of(
                    model.layout(), manager, model.initialValues(streams.stream("initialisation")))
                .computedIn(computeType);
        Training training =
            new Training(
                model,
                weights,
                rows,
                length,
                settings,
                TrainingHook.NONE,
                streams,
                OptimizerState.FRESH)) {
      double step = median(() -> training.step(rows.indices()), weights);
      double forward = median(() -> forward(model, weights, rows), weights);
      return new PassSpeed(forward / rows.rows(), step / rows.rows());
    }
  }

  private static List<int[]> rows(int count, int length) {
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      rows.add(new int[length]);
    }
    return rows;
  }

  private static void forward(LanguageModel model, Weights weights, Sequences rows) {
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch =
                TokenBatch.of(weights.manager(), rows, rows.indices(), rows.length());
            NextTokenLoss.mean(model, weights.parameters(), batch).toFloatArray();
          }
        });
  }

  private static double median(Runnable work, Weights weights) {
    double[] seconds = new double[MEASURED];
    for (int i = -WARM_UPS; i < MEASURED; i++) {
      Torch.synchronize(weights.flat());
      long start = System.nanoTime();
      work.run();
      Torch.synchronize(weights.flat());
      seconds[Math.max(i, 0)] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[MEASURED / 2];
  }
}
