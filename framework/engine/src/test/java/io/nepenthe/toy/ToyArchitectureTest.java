package io.nepenthe.toy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.editing.Edits;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second architecture goes wherever the first does: one line registers it. */
class ToyArchitectureTest {
  private final LanguageModel model =
      Architectures.require("toy").model(new ModelSize(14, 10, 8, 2, 1));
  private final float[] values = model.initialValues(new RandomStreams(0).stream("init"));

  @TempDir private Path folder;

  @Test
  void aFolderIsReadByItsModelType() throws IOException {
    ModelFolder.write(folder, model, values, SpecialIds.NONE);
    LanguageModel read = ModelFolder.readModel(folder);
    assertEquals("Toy", read.architecture().name());
    assertEquals(model.layout().tensors(), read.layout().tensors());
    assertArrayEquals(values, ModelFolder.readValues(folder, read));
    Path other = folder.resolve("other");
    ModelFolder.rewrite(folder, other);
    assertArrayEquals(values, ModelFolder.readValues(other, ModelFolder.readModel(other)));
  }

  @Test
  void anAblatedNeuronWritesNothingThoughItsMlpIsGatedAndStoredTheOtherWay() {
    int[] units = {1, 23};
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values)) {
      NDArray tokens = manager.create(new long[] {1, 5, 3, 2}).reshape(1, 4);
      List<float[]> hidden = new ArrayList<>();
      Tap recorder =
          (layer, activation) -> {
            hidden.add(activation.toFloatArray());
            return activation;
          };
      Torch.withGradients(
          false,
          () -> {
            model.hiddenStates(weights.parameters(), tokens, recorder);
            Edits.zeroNeurons(model, weights, 1, units);
            model.hiddenStates(weights.parameters(), tokens, recorder);
          });
      int h = model.hiddenUnits();
      float before = 0;
      for (int i = 0; i < hidden.get(1).length; i++) {
        boolean ablated = i % h == units[0] || i % h == units[1];
        before += ablated ? Math.abs(hidden.get(1)[i]) : 0;
        assertEquals(ablated ? 0 : hidden.get(1)[i], hidden.get(3)[i], 0);
      }
      assertTrue(before > 0, "the neurons were silent before");
    }
  }
}
