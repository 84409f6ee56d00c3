package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpsTest {
  private static final float[] X = {-2, 1, 3, 4, -5, 6};
  private static final float[] SLOPES = {1, 2, 3, 4, 5, 6};

  private final NDManager manager = Torch.newManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void maskedReluIsTheProductAndSoIsItsGradient() {
    NDArray x = Torch.floats(manager, X, 2, 3);
    NDArray mask = Torch.floats(manager, new float[] {1, 0, 1}, 1, 3);
    NDArray slopes = Torch.floats(manager, SLOPES, 2, 3);
    Torch.withGradients(
        true,
        () -> {
          x.setRequiresGradient(true);
          NDArray view = Ops.relu(x).reshape(2, 1, 3);
          NDArray masked = Ops.maskReluInPlace(view, mask).reshape(2, 3);
          Torch.backward(masked.mul(slopes).sum());
          assertArrayEquals(new float[] {0, 0, 3, 4, 0, 6}, masked.toFloatArray());
          assertArrayEquals(new float[] {0, 0, 3, 4, 0, 6}, x.getGradient().toFloatArray());
        });
  }
}
