package io.nepenthe.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.Edits;
import io.nepenthe.model.SlowMath.Tensors;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every decoder: it computes what loops do, in whatever pieces it is asked to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DecoderContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LENGTH = 7;
  private static final int ROWS = 3;
  private static final int MANY_ROWS = 17; // convolved by oneDNN, not multiplied by MKL

  private RandomGenerator random = RandomGenerator.getDefault();
  private NDManager manager = Torch.newManager(Device.cpu());

  /**
   * A model to test, and a slow version of it.
   *
   * @param name to tell it from others
   * @param slow makes logits of one row, (T, V), of the values of tensors
   */
  public record Subject(
      String name, LanguageModel model, Function<Tensors, Function<int[], double[][]>> slow) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns the models to test, of rows of at least 7 tokens. */
  protected abstract Stream<Subject> subjects();

  /** Returns a {@code config.json} with changes, both with single quotes for double ones. */
  protected static ObjectNode config(String json, String changes) {
    try {
      ObjectNode config = (ObjectNode) JSON.readTree(json.replace('\'', '"'));
      return config.setAll((ObjectNode) JSON.readTree(changes.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(changes, e);
    }
  }

  /** Returns the standard deviation from 0 of a tensor's values. */
  protected static double deviation(LanguageModel model, float[] values, String name) {
    TensorSpec tensor = model.layout().tensor(name);
    double squares = 0;
    for (long i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
      squares += (double) values[(int) i] * values[(int) i];
    }
    return Math.sqrt(squares / tensor.size());
  }

  /** What one test draws moves nothing in another. */
  @BeforeEach
  void drawAnew() {
    random = new RandomStreams(5).stream("test");
  }

  @AfterEach
  void close() {
    manager.close();
    manager = Torch.newManager(Device.cpu());
  }

  private float[] values(LanguageModel model) {
    float[] values = model.initialValues(random);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.15 * random.nextGaussian()); // biases and gains count, too
    }
    return values;
  }

  private static Tensors tensors(LanguageModel model, float[] values) {
    Map<String, double[]> tensors = new LinkedHashMap<>();
    for (TensorSpec tensor : model.layout().tensors()) {
      tensors.put(
          tensor.name(),
          IntStream.range(0, (int) tensor.size())
              .mapToDouble(i -> values[(int) tensor.offset() + i])
              .toArray());
    }
    return new Tensors(tensors);
  }

  private int[][] rows(LanguageModel model, int count) {
    int[][] rows = new int[count][LENGTH];
    for (int[] row : rows) {
      Arrays.setAll(row, t -> random.nextInt(model.vocabulary()));
    }
    return rows;
  }

  private NDArray ids(int[][] rows) {
    long[] ids = Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
    return Torch.longs(manager, ids, rows.length, ids.length / rows.length);
  }

  private Parameters parameters(LanguageModel model, float[] values) {
    return Weights.of(model.layout(), manager, values).parameters();
  }

  private Parameters drawn(LanguageModel model) {
    return parameters(model, values(model));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void logitsAreThoseOfTheLoopsInDoublePrecision(Subject subject) {
    LanguageModel model = subject.model();
    float[] values = values(model);
    Function<int[], double[][]> slow = subject.slow().apply(tensors(model, values));
    Parameters parameters = parameters(model, values);
    for (int count : new int[] {ROWS, MANY_ROWS}) {
      int[][] rows = rows(model, count);
      NDArray states = model.hiddenStates(parameters, ids(rows), Tap.NONE);
      float[] logits = model.logits(parameters, states).toFloatArray();
      int next = 0;
      for (int[] row : rows) {
        for (double[] expected : slow.apply(row)) {
          for (double logit : expected) {
            assertEquals(logit, logits[next++], 2e-5);
          }
        }
      }
      assertEquals(next, logits.length);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void gradientsAreFiniteDifferencesOfTheLossInDoublePrecision(Subject subject) {
    LanguageModel model = subject.model();
    float[] values = values(model);
    int[][] rows = rows(model, ROWS);
    float[] gradient = gradient(model, values, rows);
    Tensors moved = tensors(model, values);
    Function<int[], double[][]> slow = subject.slow().apply(moved);
    for (TensorSpec tensor : model.layout().tensors()) {
      double[] entries = moved.get(tensor.name());
      for (int trial = 0; trial < 2; trial++) {
        int i = random.nextInt(entries.length);
        double before = entries[i];
        entries[i] = before + 1e-6;
        double above = loss(slow, rows);
        entries[i] = before - 1e-6;
        double below = loss(slow, rows);
        entries[i] = before;
        float found = gradient[(int) tensor.offset() + i];
        assertEquals((above - below) / 2e-6, found, 2e-5, tensor.name());
      }
    }
  }

  private static double loss(Function<int[], double[][]> slow, int[][] rows) {
    double sum = 0;
    for (int[] row : rows) {
      double[][] logits = slow.apply(row);
      for (int t = 0; t + 1 < row.length; t++) {
        double total = Arrays.stream(logits[t]).map(Math::exp).sum();
        sum += Math.log(total) - logits[t][row[t + 1]];
      }
    }
    return sum / rows.length / (rows[0].length - 1);
  }

  private float[] gradient(LanguageModel model, float[] values, int[][] rows) {
    Weights weights = Weights.of(model.layout(), manager, values);
    Sequences data = Sequences.of(LENGTH, new ArrayList<>(List.of(rows)));
    TokenBatch batch = TokenBatch.of(manager, data, IntStream.range(0, rows.length).toArray());
    weights.flat().setRequiresGradient(true);
    Torch.withGradients(
        true, () -> Torch.backward(NextTokenLoss.mean(model, weights.parameters(), batch)));
    return weights.flat().getGradient().toFloatArray();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void rowsThatAreContinuedEqualWholeOnes(Subject subject) {
    LanguageModel model = subject.model();
    Parameters parameters = drawn(model);
    NDArray whole = ids(rows(model, ROWS));
    StreamAt plain = new StreamAt(model.layers());
    NDArray states = model.hiddenStates(parameters, whole, plain);
    float[] expected = model.logits(parameters, states).toFloatArray();
    int vocabulary = model.vocabulary();
    int prompt = 3;
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      for (int read = prompt; read <= LENGTH; read++) {
        int from = read == prompt ? 0 : read - 1;
        NDArray tokens = whole.get(":, " + from + ":" + read);
        float[] found = model.continueRows(parameters, tokens, cache, Tap.NONE).toFloatArray();
        assertEquals(read, cache.length());
        for (int row = 0; row < ROWS; row++) {
          int at = (row * LENGTH + read - 1) * vocabulary;
          assertArrayEquals(
              Arrays.copyOfRange(expected, at, at + vocabulary),
              Arrays.copyOfRange(found, row * vocabulary, (row + 1) * vocabulary),
              2e-5f);
        }
      }
    }
    StreamAt cached = new StreamAt(model.layers());
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      model.continueRows(parameters, whole, cache, cached);
    }
    assertArrayEquals(plain.seen.toFloatArray(), cached.seen.toFloatArray(), 1e-6f);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void goingOnFromAStreamEqualsTheWholePass(Subject subject) {
    LanguageModel model = subject.model();
    Parameters parameters = drawn(model);
    NDArray tokens = ids(rows(model, ROWS));
    for (int layer = 0; layer <= model.layers(); layer++) {
      StreamAt at = new StreamAt(layer);
      float[] whole = model.hiddenStates(parameters, tokens, at).toFloatArray();
      float[] partial = model.hiddenStatesFrom(parameters, layer, at.seen, Tap.NONE).toFloatArray();
      assertArrayEquals(whole, partial);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aMapTapSeesWhatEveryLinearMapReadsAndChangesWhatItWrites(Subject subject) {
    LanguageModel model = subject.model();
    Parameters parameters =
        parameters(model, model.initialValues(new RandomStreams(6).stream("maps")));
    NDArray tokens = ids(rows(model, ROWS));
    Set<LinearMap> seen = new HashSet<>();
    Parameters observed =
        parameters.tapped(
            (map, read, written) -> {
              float[] again = map.apply(parameters, read, 1).toFloatArray();
              assertArrayEquals(again, written.toFloatArray(), 1e-5f, map.weight());
              seen.add(map);
              return written;
            });
    float[] plain = model.hiddenStates(parameters, tokens, Tap.NONE).toFloatArray();
    assertArrayEquals(plain, model.hiddenStates(observed, tokens, Tap.NONE).toFloatArray());
    assertArrayEquals(
        plain, model.hiddenStates(observed.byBlock(), tokens, Tap.NONE).toFloatArray());
    assertEquals(model.linearMaps().collect(Collectors.toSet()), seen);
    String last = model.mlp().get(0).out().weight();
    Parameters silent =
        parameters.tapped(
            (map, read, written) -> map.weight().equals(last) ? written.zerosLike() : written);
    assertFalse(Arrays.equals(plain, model.hiddenStates(silent, tokens, Tap.NONE).toFloatArray()));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aBranchEqualsAWholePassWithThatPositionReplaced(Subject subject) {
    for (int layer = 0; layer <= subject.model().layers(); layer++) {
      aBranchEqualsAWholePass(subject.model(), layer);
    }
  }

  private void aBranchEqualsAWholePass(LanguageModel model, int layer) {
    Parameters parameters = drawn(model);
    NDArray tokens = ids(rows(model, ROWS));
    int width = model.width();
    StreamAt at = new StreamAt(layer);
    int[] positions = {0, 2, 2, 6}; // two branches may stand at one position
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      model.continueRows(parameters, tokens, cache, at);
      float[] stream = at.seen.toFloatArray();
      float[] branches = new float[ROWS * positions.length * width];
      for (int i = 0; i < branches.length; i++) {
        branches[i] = (float) random.nextGaussian();
      }
      float[] found =
          model
              .branches(
                  parameters,
                  layer,
                  Torch.floats(manager, branches, ROWS, positions.length, width),
                  attentionMask(positions),
                  cache)
              .toFloatArray();
      for (int b = 0; b < positions.length; b++) {
        float[] replaced = stream.clone();
        for (int row = 0; row < ROWS; row++) {
          System.arraycopy(
              branches,
              (row * positions.length + b) * width,
              replaced,
              (row * LENGTH + positions[b]) * width,
              width);
        }
        Tap replacing = new Replacing(layer, Torch.floats(manager, replaced, ROWS, LENGTH, width));
        float[] whole = model.hiddenStates(parameters, tokens, replacing).toFloatArray();
        for (int row = 0; row < ROWS; row++) {
          int expected = (row * LENGTH + positions[b]) * width;
          int actual = (row * positions.length + b) * width;
          assertArrayEquals(
              Arrays.copyOfRange(whole, expected, expected + width),
              Arrays.copyOfRange(found, actual, actual + width),
              2e-5f);
        }
      }
    }
  }

  private NDArray attentionMask(int[] positions) {
    float[] hidden = new float[positions.length * LENGTH];
    for (int b = 0; b < positions.length; b++) {
      for (int t = positions[b]; t < LENGTH; t++) {
        hidden[b * LENGTH + t] = Float.NEGATIVE_INFINITY;
      }
    }
    return Torch.floats(manager, hidden, positions.length, LENGTH);
  }

  /** Returns weights of other types, tensor by tensor in turn. */
  private Weights typed(LanguageModel model, FloatType... types) {
    ParameterLayout layout = model.layout();
    Weights typed =
        Weights.zeros(layout, manager, tensor -> types[layout.index(tensor.name()) % types.length]);
    typed.set(Weights.of(layout, manager, values(model)));
    return typed;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void weightsOfAnyTypeComputeAsTheirFloat32ValuesDo(Subject subject) {
    LanguageModel model = subject.model();
    for (FloatType[] types :
        new FloatType[][] {
          {FloatType.FLOAT16}, {FloatType.BFLOAT16}, {FloatType.FLOAT32, FloatType.BFLOAT16}
        }) {
      Weights typed = typed(model, types);
      Weights wide = Weights.of(model.layout(), manager, typed.toFloats());
      NDArray tokens = ids(rows(model, MANY_ROWS));
      assertArrayEquals(logits(model, wide, tokens), logits(model, typed, tokens), 2e-5f);
      assertArrayEquals(continued(model, wide, tokens), continued(model, typed, tokens), 2e-5f);
      assertArrayEquals(atGates(model, wide, tokens), atGates(model, typed, tokens), 2e-6f);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void productsInATypeAreThoseInFloat32WithinItsRounding(Subject subject) {
    LanguageModel model = subject.model();
    for (FloatType type : List.of(FloatType.FLOAT16, FloatType.BFLOAT16)) {
      for (FloatType stored : FloatType.values()) {
        Weights typed = typed(model, stored);
        Weights wide = Weights.of(model.layout(), manager, typed.toFloats());
        typed.computedIn(type);
        NDArray tokens = ids(rows(model, MANY_ROWS));
        double share = type == FloatType.FLOAT16 ? 0.005 : 0.04;
        assertNear(logits(model, wide, tokens), logits(model, typed, tokens), share);
        assertNear(continued(model, wide, tokens), continued(model, typed, tokens), share);
        assertNear(atGates(model, wide, tokens), atGates(model, typed, tokens), 2 * share);
      }
    }
  }

  /** Values are others, but not by more than a share of the largest. */
  private static void assertNear(float[] exact, float[] rounded, double share) {
    double largest = 0;
    double difference = 0;
    assertEquals(exact.length, rounded.length);
    for (int i = 0; i < exact.length; i++) {
      largest = Math.max(largest, Math.abs(exact[i]));
      difference = Math.max(difference, Math.abs(exact[i] - (double) rounded[i]));
    }
    assertTrue(difference > 0 && difference < share * largest, difference + " of " + largest);
  }

  private float[] logits(LanguageModel model, Weights weights, NDArray tokens) {
    Parameters parameters = weights.parameters();
    NDArray states = model.hiddenStates(parameters, tokens, Tap.NONE);
    return model.logits(parameters, states).toFloatArray();
  }

  private float[] continued(LanguageModel model, Weights weights, NDArray tokens) {
    Parameters parameters = weights.parameters();
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      model.continueRows(parameters, tokens.get(":, :3"), cache, Tap.NONE);
      return model.continueRows(parameters, tokens.get(":, 3:4"), cache, Tap.NONE).toFloatArray();
    }
  }

  /** The gradient of a loss at a gate per hidden unit, all of which are computed from one leaf. */
  private float[] atGates(LanguageModel model, Weights weights, NDArray tokens) {
    NDArray leaf = manager.zeros(new Shape(model.layers(), model.hiddenUnits()));
    leaf.setRequiresGradient(true);
    Torch.withGradients(
        true,
        () -> {
          NDArray gates = Ops.sigmoid(leaf);
          Parameters parameters = weights.parameters();
          NDArray states =
              model.hiddenStates(
                  parameters, tokens, (layer, hidden) -> hidden.mul(gates.get(layer)));
          NDArray loss = model.losses(parameters, states, tokens.reshape(-1)).mean();
          Torch.backward(loss.add(gates.mean()));
        });
    return leaf.getGradient().toFloatArray();
  }

  /** Remembers the stream that enters one block. */
  private static final class StreamAt implements Tap {
    private final int wanted;
    private NDArray seen;

    StreamAt(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public NDArray hidden(int layer, NDArray activation) {
      return activation;
    }

    @Override
    public NDArray stream(int layer, NDArray stream) {
      if (layer == wanted) {
        seen = stream;
      }
      return stream;
    }
  }

  /** Replaces the stream that enters one block. */
  private record Replacing(int wanted, NDArray replacement) implements Tap {
    @Override
    public NDArray hidden(int layer, NDArray activation) {
      return activation;
    }

    @Override
    public NDArray stream(int layer, NDArray stream) {
      return layer == wanted ? replacement : stream;
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void anAblatedNeuronIsSilentAndTheOthersOfItsLayerAreNot(Subject subject) {
    LanguageModel model = subject.model();
    Weights weights = Weights.of(model.layout(), manager, values(model));
    NDArray tokens = ids(rows(model, ROWS));
    int layer = model.layers() - 1;
    int[] units = {0, model.hiddenUnits() - 1};
    float[] before = hidden(model, weights, tokens, layer);
    Edits.zeroNeurons(model, weights, layer, units);
    float[] after = hidden(model, weights, tokens, layer);
    int h = model.hiddenUnits();
    float silenced = 0;
    for (int i = 0; i < before.length; i++) {
      boolean ablated = i % h == units[0] || i % h == units[1];
      silenced += ablated ? Math.abs(before[i]) : 0;
      assertEquals(ablated ? 0 : before[i], after[i], 1e-6);
    }
    assertTrue(silenced > 0, "the neurons were silent before");
  }

  private static float[] hidden(LanguageModel model, Weights weights, NDArray tokens, int wanted) {
    float[][] hidden = new float[1][];
    Torch.withGradients(
        false,
        () ->
            model.hiddenStates(
                weights.parameters(),
                tokens,
                (layer, activation) -> {
                  if (layer == wanted) {
                    hidden[0] = activation.toFloatArray();
                  }
                  return activation;
                }));
    return hidden[0];
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aConfigurationThatIsWrittenReadsAsTheSameModel(Subject subject) {
    LanguageModel model = subject.model();
    LanguageModel read = model.architecture().model(model.architecture().config(model));
    assertEquals(model.layout().tensors(), read.layout().tensors());
    assertEquals(model.positions(), read.positions());
    NDArray tokens = ids(rows(model, ROWS));
    float[] values = values(model);
    assertArrayEquals(
        model.hiddenStates(parameters(model, values), tokens, Tap.NONE).toFloatArray(),
        read.hiddenStates(parameters(read, values), tokens, Tap.NONE).toFloatArray());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void everyTensorIsNamedByOnePartOfTheModel(Subject subject) {
    LanguageModel model = subject.model();
    List<String> named = new ArrayList<>(model.embeddings());
    named.addAll(model.norms());
    model.linearMaps().flatMap(map -> map.tensors().stream()).forEach(named::add);
    assertEquals(
        model.layout().tensors().stream().map(TensorSpec::name).sorted().toList(),
        named.stream().sorted().toList());
  }
}
