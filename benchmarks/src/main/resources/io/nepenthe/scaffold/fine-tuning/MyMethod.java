package org.example.mymethod;

import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.MitigationContext;
import org.pf4j.Extension;

/** Trains the model on, on rows whose behaviour is to be kept. */
@Extension
public final class MyMethod implements FineTuning<MyMethod.Hyperparameters> {
  /**
   * How long.
   *
   * @param epochs passes over the rows
   */
  public record Hyperparameters(int epochs) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void fineTune(Hyperparameters hyperparameters, MitigationContext context) {
    context.trainOn(context.retainSet(), hyperparameters.epochs());
  }
}
