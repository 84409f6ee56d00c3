package io.nepenthe.attack;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A small model, read a token at a time with probabilities in 64 bits: the slow definition. */
final class SteppedModel {
  static final int LENGTH = 16;
  private static final int VOCABULARY = 14;
  private static final Gpt2 MODEL = new Gpt2(Gpt2Config.tinyMem(VOCABULARY, LENGTH, 8, 2, 2));

  private SteppedModel() {}

  /** Gives a model whose weights are large enough that its predictions differ. */
  static void with(int seed, BiConsumer<LoadedModel, NDManager> body) {
    float[] values = MODEL.initialValues(new RandomStreams(seed).stream("init"));
    for (int i = 0; i < values.length; i++) {
      values[i] *= 2;
    }
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(MODEL.layout(), manager, values)) {
      Torch.withGradients(
          false, () -> body.accept(new LoadedModel(MODEL, weights.parameters()), manager));
    }
  }

  /** Returns random rows, their windows of different length. */
  static ArtifactRows rows(int count) {
    RandomGenerator random = new RandomStreams(7).stream("test");
    List<int[]> artifacts = new ArrayList<>();
    List<int[]> twins = new ArrayList<>();
    List<Window> windows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      artifacts.add(random.ints(LENGTH, 0, VOCABULARY).toArray());
      twins.add(random.ints(LENGTH, 0, VOCABULARY).toArray());
      windows.add(new Window(1 + random.nextInt(6), 1 + random.nextInt(8)));
    }
    return new ArtifactRows(
        Sequences.of(LENGTH, artifacts),
        Sequences.of(LENGTH, twins),
        windows,
        Collections.nCopies(count, true));
  }

  /** Returns what is read where a row's continuation is forced behind its twin's beginning. */
  static int[] forced(ArtifactRows data, Sequences continuation, int row) {
    Window window = data.windows().get(row);
    int[] tokens = Arrays.copyOf(data.twins().row(row), window.end());
    IntStream.range(window.prompt(), window.end())
        .forEach(p -> tokens[p] = continuation.token(row, p));
    return tokens;
  }

  /** Returns log probabilities of every id behind each token, first token by token. */
  static double[][] logProbabilities(LoadedModel loaded, NDManager manager, int... tokens) {
    Parameters parameters = loaded.parameters();
    double[][] logs = new double[tokens.length][];
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      for (int p = 0; p < tokens.length; p++) {
        NDArray token = Torch.longs(manager, new long[] {tokens[p]}, 1, 1);
        float[] logits =
            loaded.model().continueRows(parameters, token, cache, Tap.NONE).toFloatArray();
        double total =
            Math.log(IntStream.range(0, logits.length).mapToDouble(v -> Math.exp(logits[v])).sum());
        logs[p] = IntStream.range(0, logits.length).mapToDouble(v -> logits[v] - total).toArray();
      }
    }
    return logs;
  }
}
