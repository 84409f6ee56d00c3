package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.tensor.Torch;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class EditsTest {
  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 2, 2));

  @Test
  void zeroesEntriesAndNoOthers() {
    TensorSpec matrix = model.layout().tensor(model.mlp().get(1).in().get(0).weight());
    float[] expected = rising();
    expected[(int) matrix.offset() + 3] = 0;
    expected[(int) (matrix.offset() + matrix.size()) - 1] = 0;
    assertArrayEquals(
        expected,
        edited(
            weights ->
                Edits.zeroEntries(weights, matrix.name(), new long[] {matrix.size() - 1, 3})));
  }

  @Test
  void zeroesWhatAUnitReads() {
    LinearMap map = model.mlp().get(1).in().get(0);
    float[] expected = rising();
    int bias = (int) model.layout().tensor(map.bias()).offset();
    int matrix = (int) model.layout().tensor(map.weight()).offset();
    for (int unit : new int[] {0, 5}) {
      expected[bias + unit] = 0;
      for (int input = 0; input < model.width(); input++) {
        expected[matrix + input * model.hiddenUnits() + unit] = 0; // stored inputs first
      }
    }
    assertArrayEquals(
        expected, edited(weights -> Edits.zeroNeurons(model, weights, 1, new int[] {5, 0})));
  }

  @Test
  void editableAreTheMlpTensorsInModelOrder() {
    List<String> expected =
        model.layout().tensors().stream()
            .map(TensorSpec::name)
            .filter(name -> name.contains(".mlp."))
            .toList();
    assertEquals(expected, Edits.editable(model).stream().map(TensorSpec::name).toList());
  }

  private float[] edited(Consumer<Weights> edit) {
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, rising())) {
      edit.accept(weights);
      return weights.toFloats();
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
