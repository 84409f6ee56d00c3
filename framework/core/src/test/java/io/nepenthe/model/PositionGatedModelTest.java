package io.nepenthe.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.model.gpt2.SlowGpt2;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PositionGatedModelTest {
  private static final int LENGTH = 7;
  private static final int ROWS = 3;
  private static final float[] FACTORS = {1, 0, 0.5f, 2, 0, -1, 0.2f};

  private final Gpt2 plain = new Gpt2(Gpt2Config.tinyMem(11, LENGTH, 8, 2, 2));
  private final LanguageModel gated = new PositionGatedModel(plain, FACTORS);
  private final RandomGenerator random = new RandomStreams(5).stream("test");
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final float[] values = plain.initialValues(random);
  private final Parameters parameters = Weights.of(plain.layout(), manager, values).parameters();
  private final int[][] rows = rows();

  private int[][] rows() {
    int[][] made = new int[ROWS][LENGTH];
    for (int[] row : made) {
      Arrays.setAll(row, i -> random.nextInt(plain.vocabulary()));
    }
    return made;
  }

  /** Returns columns [from, to) of all rows. */
  private NDArray tokens(int from, int to) {
    long[] ids =
        Arrays.stream(rows)
            .flatMapToInt(row -> Arrays.stream(row, from, to))
            .asLongStream()
            .toArray();
    return Torch.longs(manager, ids, ROWS, to - from);
  }

  private float[] logits(LanguageModel model) {
    NDArray states = model.hiddenStates(parameters, tokens(0, LENGTH), Tap.NONE);
    return model.logits(parameters, states).toFloatArray();
  }

  @Test
  void logitsAreThoseOfTheLoopsInDoublePrecision() {
    SlowGpt2 slow = new SlowGpt2(plain, doubles(values), doubles(FACTORS));
    float[] fast = logits(gated);
    int next = 0;
    for (int[] row : rows) {
      for (double[] expected : slow.logits(row)) {
        for (double logit : expected) {
          assertEquals(logit, fast[next++], 1e-5);
        }
      }
    }
    assertEquals(next, fast.length);
  }

  @Test
  void factorsOfOneChangeNothing() {
    float[] ones = new float[LENGTH];
    Arrays.fill(ones, 1);
    assertArrayEquals(logits(plain), logits(new PositionGatedModel(plain, ones)));
  }

  @Test
  void rowsReadTokenByTokenHaveTheLogitsOfWholeOnes() {
    float[] whole = logits(gated);
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      gated.continueRows(parameters, tokens(0, 2), cache, Tap.NONE);
      for (int t = 2; t < LENGTH; t++) {
        NDArray next = gated.continueRows(parameters, tokens(t, t + 1), cache, Tap.NONE); // (B, V)
        assertArrayEquals(at(whole, t), next.toFloatArray(), 1e-5f);
      }
    }
  }

  private float[] at(float[] logits, int position) {
    int vocabulary = plain.vocabulary();
    float[] chosen = new float[ROWS * vocabulary];
    for (int r = 0; r < ROWS; r++) {
      int from = (r * LENGTH + position) * vocabulary;
      System.arraycopy(logits, from, chosen, r * vocabulary, vocabulary);
    }
    return chosen;
  }

  @Test
  void goingOnFromATappedStreamEqualsTheWholePass() {
    NDArray[] seen = new NDArray[1];
    Tap recorder =
        new Tap() {
          @Override
          public NDArray hidden(int layer, NDArray activation) {
            return activation;
          }

          @Override
          public NDArray stream(int layer, NDArray stream) {
            seen[0] = layer == 1 ? stream : seen[0];
            return stream;
          }
        };
    float[] whole = gated.hiddenStates(parameters, tokens(0, LENGTH), recorder).toFloatArray();
    NDArray partial = gated.hiddenStatesFrom(parameters, 1, seen[0], Tap.NONE);
    assertArrayEquals(whole, partial.toFloatArray());
  }

  @Test
  void factorsThatDoNotFitAreRefused() {
    for (float[] factors : new float[][] {{}, new float[LENGTH - 1], new float[LENGTH + 1]}) {
      assertThrows(IllegalArgumentException.class, () -> new PositionGatedModel(plain, factors));
    }
    float[] none = new float[LENGTH];
    none[3] = Float.NaN;
    assertEquals(
        "the factor of position 3 is NaN",
        assertThrows(IllegalArgumentException.class, () -> new PositionGatedModel(plain, none))
            .getMessage());
  }

  private static double[] doubles(float[] floats) {
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }
}
