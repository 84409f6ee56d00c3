package org.example.mymethod;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Parameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.tensor.Ops;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import org.pf4j.Extension;

/** Flooding: below a level of the loss, training goes up again. */
@Extension
public final class MyMethod implements Regularizer<MyMethod.Hyperparameters> {
  /**
   * Where the floor is.
   *
   * @param level of the mean loss of a batch, in nats
   */
  public record Hyperparameters(double level) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public TrainingHook hook(Hyperparameters hyperparameters, MitigationContext context) {
    return new TrainingHook() {
      @Override
      public NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
        NDArray mean = rowLosses.mean();
        NDArray level = Ops.scalar(mean, hyperparameters.level());
        return mean.sub(level).abs().add(level);
      }
    };
  }
}
