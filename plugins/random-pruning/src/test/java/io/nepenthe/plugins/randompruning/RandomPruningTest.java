package io.nepenthe.plugins.randompruning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.model.MlpTensors;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.TinyFixture;
import org.junit.jupiter.api.Test;

class RandomPruningTest {
  @Test
  void zeroesTheExactShareOfEveryMatrix() {
    MitigationContext context = TinyFixture.trained().context(0);
    new RandomPruning().mitigate(new RandomPruning.Hyperparameters(0.3), context);
    for (MlpTensors mlp : context.model().mlp()) {
      for (String matrix : mlp.weights()) {
        float[] values = context.weights().tensor(matrix).toFloatArray();
        int zeros = 0;
        for (float value : values) {
          zeros += value == 0 ? 1 : 0;
        }
        assertEquals((int) (values.length * 0.3), zeros, matrix);
      }
    }
    context.weights().close();
  }
}
