package io.nepenthe.plugins.nomitigation;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import org.pf4j.Extension;

/** The control that does nothing: the lower bound of forgetting, the upper bound of keeping. */
@Extension
public final class NoMitigation implements Unlearning<NoMitigation.Hyperparameters> {
  /** There are none. */
  public record Hyperparameters() {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    context.progress(1, 1);
  }
}
