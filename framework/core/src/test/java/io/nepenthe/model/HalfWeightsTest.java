package io.nepenthe.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.editing.Edits;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of half precision, held to float32 weights of the same values. */
class HalfWeightsTest {
  private static final String MATRIX = "transformer.h.1.mlp.c_fc.weight";
  private static final String BIAS = "transformer.h.1.mlp.c_fc.bias";
  private static final String MIXED = "FLOAT16 BFLOAT16 FLOAT32";
  private static final float CLOSE = 2e-5f;

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(1030, 8, 8, 2, 2));
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final NDArray tokens = Torch.longs(manager, new long[] {1, 2, 3, 4, 5, 6, 1029, 0}, 2, 4);
  private Weights half;
  private Weights wide;

  @AfterEach
  void close() {
    manager.close();
  }

  private void make(String types) {
    float[] values = model.initialValues(new RandomStreams(0).stream("initialisation"));
    List<FloatType> turns = List.of(types.split(" ")).stream().map(FloatType::valueOf).toList();
    Function<TensorSpec, FloatType> type =
        tensor -> turns.get(model.layout().index(tensor.name()) % turns.size());
    half = Weights.zeros(model.layout(), manager, type);
    half.set(Weights.of(model.layout(), manager, values));
    for (TensorSpec tensor : model.layout().tensors()) {
      assertEquals(type.apply(tensor), half.type(tensor));
      for (int i = 0; i < tensor.size(); i++) {
        int at = (int) tensor.offset() + i;
        values[at] = type.apply(tensor).rounded(values[at]);
      }
    }
    wide = Weights.of(model.layout(), manager, values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT16", "BFLOAT16", MIXED})
  void theyAreTheValuesThatTheyHold(String types) {
    make(types);
    assertArrayEquals(wide.toFloats(), half.toFloats());
    assertEquals(wide.hash(), half.hash());
    Weights copy = half.copy();
    assertEquals(Map.of(), copy.changedEntries(wide));
    long offset = model.layout().tensor(MATRIX).offset();
    copy.write(offset + 3, new float[] {0.1f, -0.0f});
    assertEquals(
        2, copy.countDifferent(offset + 3, half.values(model.layout().tensor(MATRIX), 3, 2)));
    assertEquals(Map.of(MATRIX, 2L), copy.changedEntries(half));
    assertEquals(Optional.empty(), copy.firstNotFinite());
    copy.write(offset + 9, new float[] {Float.POSITIVE_INFINITY});
    assertEquals(Optional.of("Infinity at entry 9 of tensor " + MATRIX), copy.firstNotFinite());
    copy.set(wide);
    assertEquals(half.hash(), copy.hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT16", "BFLOAT16", MIXED})
  void theyBecomeOneFloat32VectorForTraining(String types) {
    make(types);
    Weights trained = half.copy();
    assertEquals(wide.layout().size(), trained.flat().size());
    assertEquals(DataType.FLOAT32, trained.flat().getDataType());
    assertEquals(wide.hash(), trained.hash());
    long offset = model.layout().tensor(MATRIX).offset();
    trained.write(offset, new float[] {0.1f});
    trained.roundTo(half);
    float expected = half.type(model.layout().tensor(MATRIX)).rounded(0.1f);
    assertEquals(expected, trained.toFloats()[(int) offset]);
    assertEquals(Map.of(MATRIX, 1L), trained.changedEntries(half));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT16", "BFLOAT16", MIXED})
  void theyComputeInFloat32(String types) {
    make(types);
    assertArrayEquals(losses(wide), losses(half), CLOSE);
    assertArrayEquals(continued(wide), continued(half), CLOSE);
  }

  private float[] losses(Weights weights) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return loss(weights.parameters(), Tap.NONE).toFloatArray();
    }
  }

  private NDArray loss(Parameters parameters, Tap tap) {
    NDArray states = model.hiddenStates(parameters, tokens, tap);
    return model.losses(parameters, states, tokens.reshape(-1));
  }

  private float[] continued(Weights weights) {
    try (NDScope scope = new NDScope();
        KeyValueCache cache = new KeyValueCache(manager)) {
      scope.suppressNotUsedWarning();
      Parameters parameters = weights.parameters();
      model.continueRows(parameters, tokens.get(":, :3"), cache, Tap.NONE);
      return model.continueRows(parameters, tokens.get(":, 3:"), cache, Tap.NONE).toFloatArray();
    }
  }

  /** As methods learn gates: every layer's come from one leaf, which a penalty reaches as well. */
  @ParameterizedTest
  @ValueSource(strings = {"FLOAT16", "BFLOAT16", MIXED})
  void gradientsReachActivations(String types) {
    make(types);
    assertArrayEquals(atGates(wide), atGates(half), CLOSE);
  }

  private float[] atGates(Weights weights) {
    float[][] gradient = new float[1][];
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray numbers = manager.ones(new Shape(2, model.hiddenUnits()));
            numbers.setRequiresGradient(true);
            NDArray gates = Ops.sigmoid(numbers);
            Tap gated = (layer, hidden) -> hidden.mul(gates.get(layer));
            Torch.backward(
                loss(weights.parameters(), gated).mean().add(Ops.sigmoid(numbers).mean()));
            gradient[0] = numbers.getGradient().toFloatArray();
          }
        });
    return gradient[0];
  }

  /** Float16 has no numbers below 6e-8, and a mean over many tokens has such gradients. */
  @ParameterizedTest
  @ValueSource(strings = {"FLOAT16", "BFLOAT16"})
  void gradientsOfProductsInATypeDoNotVanish(String type) {
    make(type);
    float[] exact = ofTinyLoss(wide);
    float[] rounded = ofTinyLoss(half.computedIn(FloatType.valueOf(type)));
    double largest = 0;
    for (float each : exact) {
      largest = Math.max(largest, Math.abs(each));
    }
    for (int i = 0; i < exact.length; i++) {
      assertEquals(exact[i], rounded[i], 0.02 * largest);
    }
  }

  private float[] ofTinyLoss(Weights weights) {
    float[][] gradient = new float[1][];
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray gates = manager.ones(new Shape(2, model.hiddenUnits()));
            gates.setRequiresGradient(true);
            Tap gated = (layer, hidden) -> hidden.mul(gates.get(layer));
            Torch.backward(Ops.scale(loss(weights.parameters(), gated).mean(), 1e-9));
            gradient[0] = gates.getGradient().toFloatArray();
          }
        });
    return gradient[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT16", "BFLOAT16", MIXED})
  void zeroingKeepsAllOtherBits(String types) {
    make(types);
    float[] before = wide.toFloats();
    for (Weights each : List.of(wide, half)) {
      Edits.zeroNeurons(model, each, 1, new int[] {2, 7});
      Edits.zeroEntries(each, MATRIX, new long[] {0, 6});
    }
    assertArrayEquals(wide.toFloats(), half.toFloats());
    assertEquals(wide.hash(), half.hash());
    int units = model.hiddenUnits();
    float[] after = half.toFloats();
    int from = (int) model.layout().tensor(MATRIX).offset();
    int bias = (int) model.layout().tensor(BIAS).offset();
    for (int i = 0; i < after.length; i++) {
      int at = i - from;
      boolean isMatrix = at >= 0 && at < 8 * units;
      int unit = isMatrix ? at % units : i - bias;
      boolean isZero = (unit == 2 || unit == 7) && (isMatrix || (i >= bias && i < bias + units));
      assertEquals(
          isZero || at == 0 || at == 6 ? 0 : before[i], Math.abs(after[i]) == 0 ? 0 : after[i]);
    }
  }

  /** Of a matrix this large a part is widened at a time, and so of its transpose. */
  @Test
  void aLargeMatrixIsWidenedInPieces() {
    int rows = 4100;
    int columns = 4200;
    NDArray matrix = FloatArrays.zeros(manager, FloatType.FLOAT16, rows, columns);
    NDArray first = matrix.get("0");
    NDArray last = matrix.get(String.valueOf(rows - 1));
    Pieces.fill(first, () -> 1);
    Pieces.fill(last, () -> 2);
    NDArray x = Ops.scalar(manager.zeros(new Shape(1)), 3).broadcast(2, rows);
    Torch.withGradients(
        false,
        () -> {
          float[] sums = Ops.linear(x, matrix, null).toFloatArray();
          float[] expected = new float[2 * columns];
          Arrays.fill(expected, 9);
          assertArrayEquals(expected, sums);
          NDArray y = Ops.scalar(manager.zeros(new Shape(1)), 1).broadcast(1, columns);
          float[] ofRows = Ops.linear(y, matrix.transpose(), null).toFloatArray();
          assertEquals(columns, ofRows[0]);
          assertEquals(0, ofRows[1]);
          assertEquals(2 * columns, ofRows[rows - 1]);
        });
  }
}
