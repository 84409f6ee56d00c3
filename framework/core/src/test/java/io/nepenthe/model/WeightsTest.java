package io.nepenthe.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Weights in one vector, and in an array per tensor as those of the largest models are. */
class WeightsTest {
  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 2, 2));
  private final float[] values = model.initialValues(new RandomStreams(0).stream("initialisation"));
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final Weights flat = Weights.of(model.layout(), manager, values);
  private final Weights byTensor =
      Weights.zerosByTensor(model.layout(), manager, tensor -> FloatType.FLOAT32);

  WeightsTest() {
    byTensor.set(flat);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void bothFormsHoldTheSameValuesInModelOrder() {
    assertArrayEquals(values, inOrder(flat));
    assertArrayEquals(values, inOrder(byTensor));
    assertArrayEquals(values, inOrder(byTensor.copy()));
    Weights small = Weights.zeros(model.layout(), manager);
    small.set(byTensor);
    assertArrayEquals(values, small.toFloats());
  }

  @Test
  void bothFormsComputeTheSame() {
    NDArray tokens = Torch.longs(manager, new long[] {1, 2, 3, 4}, 1, 4);
    assertArrayEquals(
        model.hiddenStates(flat.parameters(), tokens, Tap.NONE).toFloatArray(),
        model.hiddenStates(byTensor.parameters(), tokens, Tap.NONE).toFloatArray());
  }

  @Test
  void hashIsThatOfTheLittleEndianBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    String expected = HexFormat.of().formatHex(ContentHash.digest(bytes.array()));
    assertEquals(expected, flat.hash());
    assertEquals(expected, byTensor.hash());
  }

  @Test
  void countsTheEntriesThatDiffer() {
    String matrix = model.mlp().get(1).in().get(0).weight();
    String gain = "transformer.ln_f.weight";
    assertEquals(Map.of(), byTensor.changedEntries(flat));
    Pieces.write(byTensor.tensor(matrix), 5, new float[] {7, 7});
    Pieces.write(byTensor.tensor(gain), 0, new float[] {-1});
    assertEquals(Map.of(matrix, 2L, gain, 1L), byTensor.changedEntries(flat));
    assertNotEquals(flat.hash(), byTensor.hash());
  }

  @Test
  void namesTheFirstValueThatIsNotFinite() {
    String matrix = model.mlp().get(1).in().get(0).weight();
    assertEquals(Optional.empty(), byTensor.firstNotFinite());
    Pieces.write(byTensor.tensor(matrix), 5, new float[] {Float.NaN});
    assertEquals(Optional.of("NaN at entry 5 of tensor " + matrix), byTensor.firstNotFinite());
  }

  @Test
  void leavesNoOpenArrays() {
    int before = manager.getManagedArrays().size() + byTensor.manager().getManagedArrays().size();
    byTensor.hash();
    byTensor.changedEntries(flat);
    byTensor.firstNotFinite();
    byTensor.set(flat);
    assertEquals(
        before, manager.getManagedArrays().size() + byTensor.manager().getManagedArrays().size());
  }

  @Test
  void aModelTooLargeForOneVectorSaysSo() {
    ParameterLayout large =
        new ParameterLayout.Builder().add("large", Weights.LARGEST_FLAT + 1).build();
    Weights weights = Weights.mapped(large, manager, own -> List.of(own.zeros(new Shape(1))));
    String message = assertThrows(UnsupportedOperationException.class, weights::flat).getMessage();
    assertTrue(message.contains("cannot be trained"), message);
  }

  /** A GPT-2 as large as Pythia 6.9B; only its layout, no values. */
  @Test
  void aLayoutCountsBeyondTwoToThe32() {
    ParameterLayout large = new Gpt2(Gpt2Config.tinyMem(50_432, 2048, 4096, 32, 32)).layout();
    assertTrue(large.size() > 6_500_000_000L, "only " + large.size());
    long offset = 0;
    for (TensorSpec tensor : large.tensors()) {
      assertEquals(offset, tensor.offset(), tensor.name());
      offset += tensor.size();
    }
    assertEquals(large.size(), offset);
  }

  private static float[] inOrder(Weights weights) {
    float[] all = new float[(int) weights.layout().size()];
    List<Long> starts = new ArrayList<>();
    weights.read(
        (from, piece) -> {
          starts.add(from);
          System.arraycopy(piece, 0, all, (int) from, piece.length);
        });
    assertEquals(starts, Arrays.asList(starts.stream().sorted().toArray(Long[]::new)));
    return all;
  }
}
