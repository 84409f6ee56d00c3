package io.nepenthe.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import org.junit.jupiter.api.Test;

final class AdamWTest {
  /**
   * PyTorch's rule with p = 2, lr = 0.1, beta = (0.9, 0.98), decay = 0.1, epsilon = 0.5 (large, so
   * that its place shows), gradients 3 and -1.
   *
   * <p>Step 1: p = 2 * 0.99 = 1.98; m = 0.3, v = 0.18; corrected 3 and 9; p = 1.98 - 0.1 * 3 / (3 +
   * 0.5) = 1.8942857.
   *
   * <p>Step 2: p = 1.8942857 * 0.99 = 1.8753429; m = 0.27 - 0.1 = 0.17, v = 0.1764 + 0.02 = 0.1964;
   * corrected 0.17 / 0.19 = 0.8947368 and 0.1964 / 0.0396 = 4.9595960, root 2.2270150; p =
   * 1.8753429 - 0.1 * 0.8947368 / 2.7270150 = 1.8425328.
   */
  @Test
  void stepsAsPyTorchDoes() {
    AdamWSettings settings = new AdamWSettings(0.1, 0.9, 0.98, 0.5, 0.1);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray p = Torch.floats(manager, new float[] {2}, 1);
      NDArray m = Torch.floats(manager, new float[] {0}, 1);
      NDArray v = Torch.floats(manager, new float[] {0}, 1);
      Ops.adamWInPlace(p, Torch.floats(manager, new float[] {3}, 1), m, v, settings, 1);
      assertEquals(1.8942857f, p.toFloatArray()[0], 1e-6);
      Ops.adamWInPlace(p, Torch.floats(manager, new float[] {-1}, 1), m, v, settings, 2);
      assertEquals(1.8425328f, p.toFloatArray()[0], 1e-6);
      assertEquals(0.17f, m.toFloatArray()[0], 1e-6);
      assertEquals(0.1964f, v.toFloatArray()[0], 1e-6);
    }
  }

  /** Buffer = 0.9 * 1 + (2 + 0.5 * 4) = 4.9; p = 4 - 0.1 * 4.9 = 3.51. */
  @Test
  void sgdAddsDecayToTheGradientBeforeMomentum() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray p = Torch.floats(manager, new float[] {4}, 1);
      NDArray buffer = Torch.floats(manager, new float[] {1}, 1);
      Ops.sgdInPlace(p, Torch.floats(manager, new float[] {2}, 1), buffer, 0.1, 0.9, 0.5);
      assertEquals(3.51f, p.toFloatArray()[0], 1e-6);
    }
  }
}
