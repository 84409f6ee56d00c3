package io.nepenthe.mitigation;

import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.run.TestMethods.Strength;
import org.pf4j.Extension;

/** Trains the model on what it is to forget, backwards, and on what it is to keep, as it is. */
@Extension
public final class Forgets implements Unlearning<Strength> {
  static final String SAID =
      "\"family\": \"unlearning\", \"edits\": \"all\", \"needs\": [\"forget-set\", \"retain-set\"]";

  @Override
  public Class<Strength> hyperparameters() {
    return Strength.class;
  }

  @Override
  public void mitigate(Strength hyperparameters, MitigationContext context) {
    Sequences forget = context.forgetSet();
    Sequences backwards =
        Sequences.of(
            forget.length(),
            forget.rows(),
            (row, position) -> forget.token(row, forget.length() - 1 - position));
    context.trainOn(
        backwards.concat(context.retainSet()), (int) (100 * hyperparameters.strength()));
  }
}
