package io.nepenthe.host;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.exchange.HandedRows;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingOrder;
import io.nepenthe.original.TrainingSetup;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.pluginhost.LoadedPlugin;
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
  public static TrainingSetup of(TrainingOrder order, RegularizerUse use, HandedRows rows) {
    Path jar = Path.of(use.jar());
    MitigationMethod<?> method = LoadedPlugin.method(jar, use.jarSha256());
    if (method instanceof Regularizer<?> regularizer) {
      return setup(regularizer, order, use, rows);
    }
    throw new IllegalStateException(
        use.id() + " says that it runs in training, but is no Regularizer");
  }

  private static <P extends Record> TrainingSetup setup(
      Regularizer<P> regularizer, TrainingOrder order, RegularizerUse use, HandedRows handed) {
    Sequences all = handed.train().leadingColumns(handed.length());
    P hyperparameters = Hyperparameters.bind(regularizer.hyperparameters(), use.hyperparameters());
    try (NDManager manager = Torch.newManager(Torch.device(order.device()))) {
      MitigationContext context = context(order, handed, manager);
      Sequences rows = regularizer.trainingRows(all, context);
      return new TrainingSetup(
          rows, handed.length(), !rows.equals(all), regularizer.hook(hyperparameters, context));
    }
  }

  private static MitigationContext context(
      TrainingOrder order, HandedRows rows, NDManager manager) {
    LanguageModel model = order.model();
    float[] values = TrainingOrder.initialValues(model, order.streams());
    return new MitigationContext(
        model,
        Weights.of(model.layout(), manager, values),
        rows.given(),
        new MitigationContext.Trained(order.settings(), rows.length(), 0, OptimizerState.FRESH),
        order.quirks(),
        order.streams(),
        Progress.SILENT);
  }
}
