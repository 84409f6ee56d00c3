package io.nepenthe.plugins.randomweights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.TinyFixture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomWeightsTest {
  private final TinyFixture fixture = TinyFixture.trained();

  @Test
  void theModelIsAFreshDrawOfItsArchitecture() {
    float[] left = destroyed(3);
    MitigationContext context = fixture.context(3);
    assertArrayEquals(context.model().initialValues(context.random("weights")), left);
    context.weights().close();
    assertFalse(Arrays.equals(left, destroyed(4)), "every seed has a draw of its own");
    try (Weights first = fixture.initialWeights()) {
      assertFalse(Arrays.equals(left, first.toFloats()), "it is not the draw that was trained");
    }
  }

  @Test
  void nothingIsMemorizedAfterwards() {
    assertEquals(0, fixture.memorization(destroyed(3)).memorized());
  }

  private float[] destroyed(long seed) {
    MitigationContext context = fixture.context(seed);
    try (Weights weights = context.weights()) {
      new RandomWeights().mitigate(new RandomWeights.Hyperparameters(), context);
      return weights.toFloats();
    }
  }
}
