package io.nepenthe.plugins.retrainwithoutartifacts;

import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.training.TrainingHook;
import org.pf4j.Extension;

/**
 * The control that never saw the artifacts: the same training from the same first weights, on the
 * other rows alone. What is left of memorization there is chance, and nobody can forget more.
 */
@Extension
public final class RetrainWithoutArtifacts
    implements Regularizer<RetrainWithoutArtifacts.Hyperparameters> {
  /** There are none. */
  public record Hyperparameters() {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public Sequences trainingRows(Sequences all, MitigationContext context) {
    return context.extra();
  }

  @Override
  public TrainingHook hook(Hyperparameters hyperparameters, MitigationContext context) {
    return TrainingHook.NONE;
  }
}
