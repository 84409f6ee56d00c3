package io.nepenthe.plugins.losstruncation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.TokenBatch;
import org.junit.jupiter.api.Test;

class TruncatedLossTest {
  private static final float[] LOSSES = {1, 2, 9};

  @Test
  void dividesByTheRowsKept() {
    Result result = result(false, 3);
    assertEquals(1.5f, result.loss);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0}, result.gradient);
  }

  @Test
  void dividesByTheWholeBatchInReferenceFidelity() {
    assertEquals(1, result(true, 3).loss);
  }

  @Test
  void keepsADifferentiableZeroWithoutRows() {
    Result result = result(false, 0.5f);
    assertEquals(0, result.loss);
    assertArrayEquals(new float[3], result.gradient);
  }

  private static final class Result {
    float loss;
    float[] gradient = {};
  }

  /** Returns loss and gradient of three rows when all seen before had one and the same loss. */
  private static Result result(boolean fullBatch, float before) {
    RunningQuantile quantile = new RunningQuantile(0.5, 100);
    float[] seen = new float[101];
    java.util.Arrays.fill(seen, before);
    quantile.add(seen);
    Result result = new Result();
    TinyFixture fixture = TinyFixture.trained();
    try (Weights weights = fixture.initialWeights();
        NDManager manager = weights.manager().newSubManager()) {
      Parameters parameters = weights.parameters();
      TokenBatch batch = TokenBatch.of(manager, fixture.data().train(), new int[] {0, 1, 2});
      Torch.withGradients(
          true,
          () -> {
            NDArray rows = Torch.floats(manager, LOSSES, LOSSES.length);
            rows.setRequiresGradient(true);
            NDArray loss = new TruncatedLoss(quantile, fullBatch).loss(rows, parameters, batch);
            Torch.backward(loss);
            result.loss = loss.toFloatArray()[0];
            result.gradient = rows.getGradient().toFloatArray();
          });
    }
    return result;
  }
}
