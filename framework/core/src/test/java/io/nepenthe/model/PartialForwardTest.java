package io.nepenthe.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward passes that begin between two blocks equal whole ones. */
final class PartialForwardTest {
  private static final int LENGTH = 7;
  private static final int ROWS = 3;
  private static final int LAYERS = 3;
  private static final int WIDTH = 8;

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, LENGTH, WIDTH, LAYERS, 2));
  private final RandomGenerator random = new RandomStreams(5).stream("test");
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final Parameters parameters =
      Weights.of(model.layout(), manager, model.initialValues(random)).parameters();
  private final NDArray tokens = tokens();

  private NDArray tokens() {
    long[] ids = new long[ROWS * LENGTH];
    Arrays.setAll(ids, i -> random.nextInt(model.vocabulary()));
    return Torch.longs(manager, ids, ROWS, LENGTH);
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
  @ValueSource(ints = {0, 1, 2, 3})
  void goingOnFromAStreamEqualsTheWholePass(int layer) {
    StreamAt at = new StreamAt(layer);
    float[] whole = model.hiddenStates(parameters, tokens, at).toFloatArray();
    float[] partial = model.hiddenStatesFrom(parameters, layer, at.seen, Tap.NONE).toFloatArray();
    assertArrayEquals(whole, partial);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aBranchEqualsAWholePassWithThatPositionReplaced(int layer) {
    StreamAt at = new StreamAt(layer);
    int[] positions = {0, 2, 2, 6}; // two branches may stand at one position
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      model.continueRows(parameters, tokens, cache, at);
      float[] stream = at.seen.toFloatArray();
      float[] branches = new float[ROWS * positions.length * WIDTH];
      for (int i = 0; i < branches.length; i++) {
        branches[i] = (float) random.nextGaussian();
      }
      float[] found =
          model
              .branches(
                  parameters,
                  layer,
                  Torch.floats(manager, branches, ROWS, positions.length, WIDTH),
                  attentionMask(positions),
                  cache)
              .toFloatArray();
      for (int b = 0; b < positions.length; b++) {
        float[] replaced = stream.clone();
        for (int row = 0; row < ROWS; row++) {
          System.arraycopy(
              branches,
              (row * positions.length + b) * WIDTH,
              replaced,
              (row * LENGTH + positions[b]) * WIDTH,
              WIDTH);
        }
        Tap replacing = new Replacing(layer, Torch.floats(manager, replaced, ROWS, LENGTH, WIDTH));
        float[] whole = model.hiddenStates(parameters, tokens, replacing).toFloatArray();
        for (int row = 0; row < ROWS; row++) {
          int expected = (row * LENGTH + positions[b]) * WIDTH;
          int actual = (row * positions.length + b) * WIDTH;
          assertArrayEquals(
              Arrays.copyOfRange(whole, expected, expected + WIDTH),
              Arrays.copyOfRange(found, actual, actual + WIDTH),
              1e-5f);
        }
      }
    }
  }

  @Test
  void aTapSeesTheSameStreamWithAndWithoutACache() {
    StreamAt plain = new StreamAt(LAYERS);
    StreamAt cached = new StreamAt(LAYERS);
    model.hiddenStates(parameters, tokens, plain);
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      model.continueRows(parameters, tokens, cache, cached);
    }
    assertArrayEquals(plain.seen.toFloatArray(), cached.seen.toFloatArray());
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
}
