package io.nepenthe.worker;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.TaskData;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.original.TrainingSetup;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import java.nio.file.Path;

/**
 * Lets a method set up the training it takes part in. Its context holds a fresh model to look at,
 * and the data its descriptor asks for.
 */
public final class RegularizerSetup {
  private RegularizerSetup() {}

  /** Loads the plugin and returns the rows and the hook it trains with. */
  public static TrainingSetup of(TrainingPlan plan, RegularizerUse use) {
    Path jar = Path.of(use.jar());
    MitigationMethod<?> method = LoadedPlugin.method(jar, use.jarSha256());
    if (method instanceof Regularizer<?> regularizer) {
      return setup(regularizer, PluginCatalog.descriptor(jar), plan, use);
    }
    throw new IllegalStateException(
        use.id() + " says that it runs in training, but is no Regularizer");
  }

  private static <P extends Record> TrainingSetup setup(
      Regularizer<P> regularizer,
      MethodDescriptor descriptor,
      TrainingPlan plan,
      RegularizerUse use) {
    TaskData data = plan.task().build(plan.seed(), plan.quirks());
    int length = data.trainedLength(plan.quirks());
    Sequences all = data.train().leadingColumns(length);
    P hyperparameters = Hyperparameters.bind(regularizer.hyperparameters(), use.hyperparameters());
    try (NDManager manager = Torch.newManager(Torch.device(plan.device()))) {
      MitigationContext context = context(descriptor, plan, data, length, manager);
      Sequences rows = regularizer.trainingRows(all, context);
      return new TrainingSetup(
          rows, length, !rows.equals(all), regularizer.hook(hyperparameters, context));
    }
  }

  private static MitigationContext context(
      MethodDescriptor descriptor,
      TrainingPlan plan,
      TaskData data,
      int length,
      NDManager manager) {
    LanguageModel model = plan.task().architecture();
    RandomStreams streams = new RandomStreams(plan.seed());
    float[] values = model.initialValues(streams.stream(TrainingPlan.INITIALISATION));
    return new MitigationContext(
        model,
        Weights.of(model.layout(), manager, values),
        NeededRows.inTraining(descriptor.allNeeds(), data, plan),
        new MitigationContext.Trained(
            plan.task().trainedHere().settings(), length, 0, OptimizerState.FRESH),
        plan.quirks(),
        streams,
        Progress.SILENT);
  }
}
