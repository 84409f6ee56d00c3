package io.nepenthe.plugins.randomweights;

import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import java.util.Arrays;
import org.pf4j.Extension;

/**
 * The control that destroys the model: all weights are drawn anew, as training would start from.
 * Nothing is memorized then, and nothing is known.
 */
@Extension
public final class RandomWeights implements Unlearning<RandomWeights.Hyperparameters> {
  /** There are none. */
  public record Hyperparameters() {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    context.progress(0, 1);
    float[] drawn = context.model().initialValues(context.random("weights"));
    Weights weights = context.weights();
    for (TensorSpec tensor : weights.layout().tensors()) {
      int from = Math.toIntExact(tensor.offset());
      int to = from + Math.toIntExact(tensor.size());
      weights.write(from, Arrays.copyOfRange(drawn, from, to));
    }
  }
}
