package io.nepenthe.plugins.goldfish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Compares the loss with its definition: token by token, the hash by numbers of any size. */
class GoldfishLossTest {
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);
  private static final int K = 3;
  private static final int H = 4;

  private final TinyFixture fixture = TinyFixture.trained();
  private final Sequences rows = fixture.data().train();
  private final int length = fixture.training().length();
  private final GoldfishLoss goldfish = new GoldfishLoss(K, H);

  @Test
  void lossIsTheMeanOverTheTokensThatTheHashKeeps() {
    withBatch(
        rows.indices(),
        batch -> {
          NDArray losses =
              NextTokenLoss.perPosition(
                  fixture.model(), weights.parameters(), batch, Tap.NONE); // (B, T)
          float[] all = losses.toFloatArray();
          double sum = 0;
          int kept = 0;
          for (int i = 0; i < rows.rows(); i++) {
            for (int token = 1; token < length; token++) {
              if (!isDropped(rows.row(i), token)) {
                sum += all[i * (length - 1) + token - 1];
                kept++;
              }
            }
          }
          assertTrue(kept < all.length, "some are dropped");
          float loss = goldfish.tokenLoss(losses, weights.parameters(), batch).getFloat();
          assertEquals(sum / kept, loss, 1e-4);
          assertTrue(Math.abs(sum / kept - losses.mean().getFloat()) > 1e-3, "not the plain mean");
        });
  }

  @Test
  void theSameTokensDecideAlikeWhereverTheyAre() {
    Map<List<Integer>, Float> decisions = new HashMap<>();
    int met = 0;
    float[] kept = kept(rows);
    for (int i = 0; i < rows.rows(); i++) {
      for (int token = H; token < length; token++) {
        int[] row = rows.row(i);
        List<Integer> before =
            List.of(row[token - 4], row[token - 3], row[token - 2], row[token - 1]);
        float decision = kept[i * (length - 1) + token - 1];
        Float earlier = decisions.putIfAbsent(before, decision);
        if (earlier != null) {
          assertEquals(earlier, decision, before.toString());
          met++;
        }
      }
    }
    assertTrue(met > 100, "contexts come up again");
  }

  @Test
  void aRowLosesTheSameTokensInEveryBatch() {
    float[] all = kept(rows.select(5, 6, 5));
    int read = length - 1;
    float[] first = java.util.Arrays.copyOfRange(all, 0, read);
    assertArrayEquals(first, java.util.Arrays.copyOfRange(all, 2 * read, 3 * read));
    assertArrayEquals(first, kept(rows.select(5)));
  }

  @Test
  void tokensWithTooFewBeforeThemAreKept() {
    float[] kept = kept(rows);
    for (int i = 0; i < rows.rows(); i++) {
      for (int token = 1; token < H; token++) {
        assertEquals(1, kept[i * (length - 1) + token - 1]);
      }
    }
  }

  @Test
  void oneContextInKIsDropped() {
    int[][] contexts = new int[4000][H + 1];
    for (int i = 0; i < contexts.length; i++) {
      contexts[i] = new int[] {i % 10, i / 10 % 10, i / 100 % 10, i / 1000, 0};
    }
    Sequences different = Sequences.of(H + 1, List.of(contexts));
    int dropped = 0;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] kept =
          goldfish.kept(TokenBatch.of(weights.manager(), different, different.indices()));
      for (int i = 0; i < contexts.length; i++) {
        dropped += kept[i * H + H - 1] == 0 ? 1 : 0;
      }
    }
    double share = 1.0 / K;
    double deviation = Math.sqrt(share * (1 - share) / contexts.length);
    assertEquals(share, dropped / (double) contexts.length, 4 * deviation);
  }

  private final Weights weights = fixture.weights(fixture.original());

  private float[] kept(Sequences some) {
    float[][] kept = new float[1][];
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      kept[0] = goldfish.kept(TokenBatch.of(weights.manager(), some, some.indices(), length));
    }
    return kept[0];
  }

  private void withBatch(int[] some, Consumer<TokenBatch> body) {
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            body.accept(TokenBatch.of(weights.manager(), rows, some, length));
          }
        });
  }

  private static boolean isDropped(int[] row, int token) {
    if (token < H) {
      return false;
    }
    BigInteger hash = BigInteger.valueOf(H);
    for (int position = token - H; position < token; position++) {
      hash =
          mixed(hash.add(number("9e3779b97f4a7c15").multiply(BigInteger.valueOf(row[position]))));
    }
    return hash.mod(BigInteger.valueOf(K)).signum() == 0;
  }

  private static BigInteger mixed(BigInteger bits) {
    BigInteger z = bits.mod(WORD);
    z = z.xor(z.shiftRight(30)).multiply(number("bf58476d1ce4e5b9")).mod(WORD);
    z = z.xor(z.shiftRight(27)).multiply(number("94d049bb133111eb")).mod(WORD);
    return z.xor(z.shiftRight(31));
  }

  private static BigInteger number(String hexadecimal) {
    return new BigInteger(hexadecimal, 16);
  }
}
