package io.nepenthe.timing;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.exchange.WorkerRequest.MitigationJob;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.nio.file.Path;

/** Loads libtorch's kernels by a few training steps on a throw-away model. */
final class WarmUp {
  private static final int STEPS = 5;
  private static final int BATCH = 32;
  private static final int POSITIONS = 128;

  private WarmUp() {}

  static void train(MitigationJob job) {
    LanguageModel model = ModelFolder.readModel(Path.of(job.checkpoint()));
    TrainingSettings settings =
        job.settings() == null
            ? new TrainingSettings(1, BATCH, AdamWSettings.paper(PaperSize.LEARNING_RATE))
            : job.settings();
    Sequences rows =
        Sequences.of(
            Math.min(model.positions(), POSITIONS),
            settings.batchSize(),
            (row, position) -> (row + position) % model.vocabulary());
    RandomStreams streams = new RandomStreams(job.seed());
    int[] batch = rows.indices();
    try (NDManager manager = Torch.newManager(Torch.device(job.device()));
        Weights weights =
            Weights.of(
                    model.layout(), manager, model.initialValues(streams.stream("initialisation")))
                .computedIn(job.computeType());
        Training training =
            new Training(
                model,
                weights,
                rows,
                rows.length(),
                settings,
                TrainingHook.NONE,
                streams,
                OptimizerState.FRESH)) {
      for (int i = 0; i < STEPS; i++) {
        training.step(batch);
      }
    }
  }
}
