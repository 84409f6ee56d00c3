package io.nepenthe.worker;

import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Gpt2;
import io.nepenthe.model.Weights;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TrainingHook;
import java.nio.file.Path;
import java.util.Map;

/** Makes a regularizer's training hook. Its context holds a fresh model to look at, and no data. */
public final class RegularizerHooks {
  private RegularizerHooks() {}

  /** Loads the plugin and returns its hook for a training. */
  public static TrainingHook of(TrainingPlan plan, RegularizerUse use) {
    MitigationMethod<?> method = LoadedPlugin.method(Path.of(use.jar()));
    if (method instanceof Regularizer<?> regularizer) {
      return hook(regularizer, plan, use);
    }
    throw new IllegalStateException(use.id() + " says it is a regularizer but is none");
  }

  private static <P extends Record> TrainingHook hook(
      Regularizer<P> regularizer, TrainingPlan plan, RegularizerUse use) {
    return regularizer.hook(
        Hyperparameters.bind(regularizer.hyperparameters(), use.hyperparameters()), context(plan));
  }

  private static MitigationContext context(TrainingPlan plan) {
    Gpt2 model = plan.task().architecture();
    RandomStreams streams = new RandomStreams(plan.seed());
    NDManager manager = Torch.newManager(Torch.device(plan.device())); // lives as long as the hook
    float[] values = model.initialValues(streams.stream("initialisation"));
    return new MitigationContext(
        model,
        Weights.of(model.layout(), manager, values),
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
