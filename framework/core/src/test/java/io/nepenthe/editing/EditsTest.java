package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class EditsTest {
  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 2, 2));
  private final MlpLayout layout = MlpLayout.of(model);

  @Test
  void zeroesTheLargestScoresOfEveryMlpTensor() {
    float[] values = rising();
    float[] scores = new float[layout.size()];
    float[] expected = values.clone();
    for (TensorSpec tensor : layout.tensors()) {
      scores[(int) (tensor.offset() + tensor.size()) - 1] = 2; // the others are equal
      int offset = (int) model.layout().tensor(tensor.name()).offset();
      int size = (int) tensor.size();
      expected[offset + size - 1] = 0;
      Arrays.fill(expected, offset, offset + size / 4 - 1, 0);
    }
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values)) {
      Edits.zeroLargest(model, weights, scores, 0.25);
      assertArrayEquals(expected, weights.toFloats());
    }
  }

  @Test
  void gathersTheMlpTensors() {
    float[] values = rising();
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values)) {
      float[] gathered = layout.gather(weights);
      for (TensorSpec tensor : layout.tensors()) {
        assertArrayEquals(
            weights.tensor(tensor.name()).flatten().toFloatArray(), layout.part(gathered, tensor));
      }
    }
  }

  private float[] rising() {
    float[] values = new float[(int) model.layout().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    return values;
  }
}
