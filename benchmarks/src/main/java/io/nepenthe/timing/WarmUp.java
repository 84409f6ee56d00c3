package io.nepenthe.timing;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import io.nepenthe.worker.WorkerRequest.MitigationJob;
import java.util.Arrays;

/** Loads libtorch's kernels by a few training steps on a throw-away model. */
final class WarmUp {
  private static final int STEPS = 5;
  private static final int BATCH = 32;

  private WarmUp() {}

  static void train(MitigationJob job) {
    TrainingPlan plan = job.plan();
    LanguageModel model = plan.task().architecture();
    Sequences rows = plan.task().build(plan.seed(), plan.quirks()).train();
    TrainingSettings settings =
        plan.task()
            .furtherTraining()
            .orElseGet(
                () -> new TrainingSettings(1, BATCH, AdamWSettings.paper(PaperSize.LEARNING_RATE)));
    RandomStreams streams = new RandomStreams(plan.seed());
    int[] batch = Arrays.copyOf(rows.indices(), Math.min(settings.batchSize(), rows.rows()));
    try (NDManager manager = Torch.newManager(Torch.device(plan.device()));
        Weights weights =
            Weights.of(
                model.layout(), manager, model.initialValues(streams.stream("initialisation")));
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
