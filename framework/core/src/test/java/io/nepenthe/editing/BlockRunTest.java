package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationContext.Trained;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks that are run one at a time, as those of a large model are, must give bit by bit what they
 * give all together, in every architecture; and weights of half precision what their float32 values
 * give.
 */
class BlockRunTest {
  private static final int ROWS = 4;
  private static final int LENGTH = 9;
  private static final int VOCABULARY = 1100; // the head's loss in pieces

  private final NDManager manager = Torch.newManager(Device.cpu());
  private final RandomStreams streams = new RandomStreams(3);

  @AfterEach
  void free() {
    manager.close();
  }

  /** A model in float32 and the same values in half precision. */
  private final class Both {
    final LanguageModel model;
    final Weights flat;
    final Weights half;

    Both(String type) {
      model = Architectures.require(type).model(new ModelSize(VOCABULARY, LENGTH, 16, 3, 2));
      float[] values = model.initialValues(streams.stream("initialisation"));
      flat = Weights.of(model.layout(), manager, values);
      FloatType narrow = type.startsWith("gpt") ? FloatType.FLOAT16 : FloatType.BFLOAT16;
      half = Weights.zeros(model.layout(), manager, tensor -> narrow);
      half.set(flat);
      flat.set(half);
    }

    MlpGradients gradients(Weights weights, boolean blocksRunAlone) {
      return new MlpGradients(model, weights, Edits.editable(model), blocksRunAlone);
    }

    ScoreMasks masks(Weights weights, boolean blocksRunAlone) {
      return new ScoreMasks(
          model, weights, 0.3, ScoreMasks.Sgd.TINY_MEM, streams.stream("scores"), blocksRunAlone);
    }

    NeuronGates gates(Weights weights, boolean blocksRunAlone) {
      return new NeuronGates(context(weights), () -> 0.5, blocksRunAlone);
    }

    MitigationContext context(Weights weights) {
      Given given = Given.of(Map.of(Need.FORGET_SET, rows()), new Window(4, 4));
      Trained trained = new Trained(null, LENGTH, 1, OptimizerState.FRESH);
      return new MitigationContext(
          model, weights, given, trained, Set.of(), streams, Progress.SILENT);
    }

    /** Returns a loss that weighs rows differently. */
    Function<Parameters, NDArray> loss(Weights weights, int... rows) {
      TokenBatch batch = TokenBatch.of(weights.manager(), rows(), rows, LENGTH);
      return parameters ->
          NextTokenLoss.weightedSum(model, parameters, batch, new float[] {1, -0.5f});
    }
  }

  static Stream<String> types() {
    return Architectures.types().stream();
  }

  private static Sequences rows() {
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      int[] row = new int[LENGTH];
      for (int t = 0; t < LENGTH; t++) {
        row[t] = (7919 * (r + 1) * (t + 2)) % VOCABULARY;
      }
      rows.add(row);
    }
    return Sequences.of(LENGTH, rows);
  }

  @ParameterizedTest
  @MethodSource("types")
  void aPassWithoutGradientsForgetsABlockBehindIt(String type) {
    Both both = new Both(type);
    float[][] states = new float[2][];
    List<NDArray> seen = new ArrayList<>();
    Tap tap =
        (layer, activation) -> {
          seen.forEach(earlier -> assertTrue(((PtNDArray) earlier).isReleased()));
          seen.add(activation);
          return activation.add(Ops.scalar(activation, 0.1));
        };
    Torch.withGradients(
        false,
        () -> {
          Parameters parameters = both.flat.parameters();
          states[0] = states(both.model, parameters, Tap.NONE);
          states[1] = states(both.model, parameters.byBlock(), Tap.NONE);
          states(both.model, parameters.byBlock(), tap);
        });
    assertArrayEquals(states[0], states[1]);
    assertEquals(3, seen.size());
  }

  private float[] states(LanguageModel model, Parameters parameters, Tap tap) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TokenBatch batch = TokenBatch.of(manager, rows(), new int[] {0, 1, 2, 3}, LENGTH);
      return model.hiddenStates(parameters, batch.inputs(), tap).toFloatArray();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void gradientsAddUpToTheSame(String type) {
    Both both = new Both(type);
    try (MlpGradients whole = both.gradients(both.flat, false);
        MlpGradients byBlock = both.gradients(both.flat, true);
        MlpGradients ofHalf = new MlpGradients(both.model, both.half)) {
      for (int[] rows : new int[][] {{0, 1}, {2, 3}}) {
        whole.add(both.loss(both.flat, rows));
        byBlock.add(both.loss(both.flat, rows));
        ofHalf.add(both.loss(both.half, rows));
      }
      for (TensorSpec tensor : Edits.editable(both.model)) {
        float[] expected = whole.sum(tensor.name()).toFloatArray();
        assertTrue(largest(expected) > 0, tensor.name());
        assertArrayEquals(expected, byBlock.sum(tensor.name()).toFloatArray(), tensor.name());
        assertArrayEquals(
            expected,
            ofHalf.sum(tensor.name()).toFloatArray(),
            (float) (1e-4 * largest(expected)),
            tensor.name());
      }
      Entries.Entry expected = whole.largestProduct(both.loss(both.flat, 1, 2));
      assertEquals(expected, byBlock.largestProduct(both.loss(both.flat, 1, 2)));
      Entries.Entry found = ofHalf.largestProduct(both.loss(both.half, 1, 2));
      assertEquals(expected.array() + " " + expected.index(), found.array() + " " + found.index());
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("types")
  void masksLearnTheSame(String type) {
    Both both = new Both(type);
    try (ScoreMasks whole = both.masks(both.flat, false);
        ScoreMasks byBlock = both.masks(both.flat, true);
        ScoreMasks ofHalf = both.masks(both.half, true)) {
      for (int[] rows : new int[][] {{0, 1}, {2, 3}, {1, 2}}) {
        whole.step(both.loss(both.flat, rows));
        byBlock.step(both.loss(both.flat, rows));
        ofHalf.step(both.loss(both.half, rows));
      }
      try (EntryMasks expected = whole.kept();
          EntryMasks kept = byBlock.kept()) {
        for (String tensor :
            both.model.mlp().stream().flatMap(m -> m.weights().stream()).toList()) {
          float[] scores = whole.scores(tensor);
          assertArrayEquals(scores, byBlock.scores(tensor), tensor);
          assertArrayEquals(scores, ofHalf.scores(tensor), 1e-5f, tensor);
          assertArrayEquals(expected.dropped(tensor), kept.dropped(tensor), tensor);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void gatesLearnTheSame(String type) {
    Both both = new Both(type);
    try (NeuronGates whole = both.gates(both.flat, false);
        NeuronGates byBlock = both.gates(both.flat, true);
        NeuronGates ofHalf = both.gates(both.half, true)) {
      for (NeuronGates gates : List.of(whole, byBlock, ofHalf)) {
        gates.add(SIGMOID, new int[] {0, 1, 2});
        gates.step();
        gates.clear();
        gates.add(SIGMOID, new int[] {3, 1});
      }
      float tolerance = (float) (1e-4 * largest(whole.gradient()));
      assertTrue(tolerance > 0);
      assertArrayEquals(whole.gradient(), byBlock.gradient(), 1e-2f * tolerance);
      assertArrayEquals(whole.gradient(), ofHalf.gradient(), tolerance);
    }
  }

  private static final NeuronGates.Objective SIGMOID =
      new NeuronGates.Objective() {
        @Override
        public NDArray gates(NDArray numbers) {
          return Ops.sigmoid(numbers);
        }

        @Override
        public NDArray penalty(NDArray numbers) {
          return Ops.scale(numbers.abs().mean(), 1e-3);
        }
      };
}
