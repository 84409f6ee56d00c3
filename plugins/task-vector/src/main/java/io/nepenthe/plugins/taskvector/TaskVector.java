package io.nepenthe.plugins.taskvector;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Ops;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import io.nepenthe.unlearning.AnswerTokens;
import java.util.List;
import org.pf4j.Extension;

/**
 * Task vectors, negated: the model is trained further on the rows to forget, and the way it went is
 * then gone backwards from where it began: theta - lambda (theta_f - theta).
 *
 * <p>What is found is the way, theta_f - theta, of which every lambda takes its own length.
 */
@Extension
public final class TaskVector implements LocalizedUnlearning<TaskVector.Hyperparameters, Weights> {
  private static final int BATCH = 16;

  /**
   * How far the way is, and how far back.
   *
   * @param lambda lengths of the way that are gone back, at least 0
   * @param epochs passes over the rows to forget, at least 1
   * @param learningRate of AdamW
   */
  public record Hyperparameters(double lambda, int epochs, double learningRate) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void localize(
      List<Hyperparameters> points,
      MitigationContext context,
      Localizations<Hyperparameters, Weights> found) {
    Weights weights = context.weights();
    double learningRate = points.get(0).learningRate();
    int passes = context.trained().passes();
    TrainingHook answers =
        TrainingHook.of(
            (batch, parameters) -> AnswerTokens.of(context, batch).meanLoss(parameters));
    try (Weights original = weights.copy();
        Training training =
            context.training(context.forgetSet(), settings(learningRate), answers)) {
      found.putAfterEpochs(
          points,
          Hyperparameters::epochs,
          (epoch, progress) -> training.pass(passes + epoch - 1, progress::update),
          () -> difference(weights, original),
          context);
      weights.set(original);
    }
  }

  private static TrainingSettings settings(double learningRate) {
    return new TrainingSettings(1, BATCH, new AdamWSettings(learningRate, 0.9, 0.999, 1e-8, 0));
  }

  private static Weights difference(Weights after, Weights before) {
    Weights difference = after.copy();
    difference.flat().subi(before.flat());
    return difference;
  }

  @Override
  public void edit(Weights way, Hyperparameters hyperparameters, MitigationContext context) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray back = Ops.scale(way.flat(), hyperparameters.lambda()); // (P)
      context.weights().flat().subi(back);
    }
  }
}
