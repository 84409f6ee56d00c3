package io.nepenthe.plugins.magnitudepruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.TinyFixture;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MagnitudePruningTest {
  private static final double RATIO = 0.3;

  @Test
  void theSmallestEntriesOfEveryMatrixAreZeroAndAllElseStays() {
    MitigationContext context = TinyFixture.trained().context(0);
    try (Weights expected = context.weights().copy();
        Weights pruned = context.weights()) {
      for (MlpTensors mlp : context.model().mlp()) {
        mlp.weights().forEach(matrix -> prune(expected, matrix));
      }
      new MagnitudePruning().mitigate(new MagnitudePruning.Hyperparameters(RATIO), context);
      assertArrayEquals(expected.toFloats(), pruned.toFloats());
    }
  }

  @Test
  void ofEqualSizesTheFirstGo() {
    MitigationContext context = TinyFixture.trained().context(0);
    try (Weights weights = context.weights()) {
      String matrix = context.model().mlp().get(0).out().weight();
      int size = (int) context.model().layout().tensor(matrix).size();
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = i % 2 == 0 ? 1 : -1;
      }
      weights.write(context.model().layout().tensor(matrix).offset(), values);
      new MagnitudePruning().mitigate(new MagnitudePruning.Hyperparameters(RATIO), context);
      float[] pruned = weights.tensor(matrix).toFloatArray();
      for (int i = 0; i < size; i++) {
        assertEquals(i < (int) (size * RATIO) ? 0 : values[i], pruned[i] + 0f, matrix + " " + i);
      }
    }
  }

  private static void prune(Weights weights, String matrix) {
    float[] values = weights.tensor(matrix).toFloatArray();
    IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> Math.abs(values[i])))
        .limit((int) (values.length * RATIO))
        .forEach(i -> values[i] *= 0);
    weights.write(weights.layout().tensor(matrix).offset(), values);
  }
}
