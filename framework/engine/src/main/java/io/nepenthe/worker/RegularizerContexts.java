package io.nepenthe.worker;

import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Gpt2;
import io.nepenthe.model.Weights;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import java.util.Map;

/** Contexts for regularizers: a fresh model to look at, no data. */
final class RegularizerContexts {
  private RegularizerContexts() {}

  static MitigationContext of(TrainingPlan plan) {
    Gpt2 model = plan.task().architecture();
    RandomStreams streams = new RandomStreams(plan.seed());
    NDManager manager = Torch.newManager(Torch.device(plan.device())); // lives as long as the hook
    Weights weights =
        Weights.of(model.layout(), manager, model.initialValues(streams.stream("initialisation")));
    return new MitigationContext(
        model,
        weights,
        Map.of(),
        new MitigationContext.Trained(
            plan.task().training().settings(),
            plan.task().data().length(),
            0,
            OptimizerState.FRESH),
        plan.task().window().prompt(),
        plan.quirks(),
        streams,
        Progress.SILENT);
  }
}
