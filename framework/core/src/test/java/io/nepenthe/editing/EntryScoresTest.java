package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryScoresTest {
  private static final double RATIO = 0.3;

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 2, 2));
  private final List<TensorSpec> tensors = Edits.editable(model);
  private final float[] values = new float[(int) model.layout().size()];
  private final Map<Integer, Float> scores = new HashMap<>(); // by index in the whole model

  EntryScoresTest() {
    RandomGenerator random = new RandomStreams(0).stream("scores");
    Arrays.fill(values, 1);
    for (TensorSpec tensor : tensors) {
      for (int i = 0; i < tensor.size(); i++) {
        scores.put((int) tensor.offset() + i, (float) (random.nextInt(9) - 4)); // many ties
      }
    }
  }

  @Test
  void zeroesTheLargestOfEachTensor() {
    float[] expected = values.clone();
    for (TensorSpec tensor : tensors) {
      int from = (int) tensor.offset();
      zeroLargest(expected, IntStream.range(from, from + (int) tensor.size()));
    }
    assertArrayEquals(expected, edited((own, weights) -> own.zeroLargestOfEach(RATIO, weights)));
  }

  @Test
  void zeroesTheLargestOfAllTensorsTogether() {
    float[] expected = values.clone();
    zeroLargest(expected, scores.keySet().stream().mapToInt(Integer::intValue));
    assertArrayEquals(expected, edited((own, weights) -> own.zeroLargestOfAll(RATIO, weights)));
  }

  @Test
  void aRatioThatMeansNoEntryChangesNone() {
    assertArrayEquals(values, edited((own, weights) -> own.zeroLargestOfEach(1e-9, weights)));
    assertArrayEquals(values, edited((own, weights) -> own.zeroLargestOfAll(1e-9, weights)));
  }

  private float[] edited(BiConsumer<EntryScores, Weights> edit) {
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values);
        EntryScores own = new EntryScores(weights)) {
      for (TensorSpec tensor : tensors) {
        float[] ofTensor = new float[(int) tensor.size()];
        for (int i = 0; i < ofTensor.length; i++) {
          ofTensor[i] = scores.get((int) tensor.offset() + i);
        }
        own.put(tensor.name(), Torch.floats(manager, ofTensor, tensor.dimensions()));
      }
      edit.accept(own, weights);
      return weights.toFloats();
    }
  }

  /** By sorting, which keeps the order of equal ones. */
  private void zeroLargest(float[] edited, IntStream entries) {
    int[] sorted = entries.sorted().toArray();
    IntStream.of(sorted)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores.get(i)))
        .limit((long) (sorted.length * RATIO))
        .forEach(i -> edited[i] = 0);
  }
}
