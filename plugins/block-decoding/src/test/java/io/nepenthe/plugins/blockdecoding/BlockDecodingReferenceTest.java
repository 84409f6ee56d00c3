package io.nepenthe.plugins.blockdecoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.metric.Memorization;
import io.nepenthe.metric.NextTokenMeasure;
import io.nepenthe.metric.NextTokenScore;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against decoding token by token, where each candidate is looked for in every memorized row. */
class BlockDecodingReferenceTest {
  private static final TinyFixture TINY = TinyFixture.trained();
  private static final int LONGER_THAN_ROWS = 35;

  private static BlockedNgrams blocked(int n) {
    MitigationContext context = TINY.context(0);
    try (Weights weights = context.weights()) {
      BlockDecoding.Hyperparameters chosen = new BlockDecoding.Hyperparameters(n);
      new BlockDecoding().mitigate(chosen, context);
      assertArrayEquals(TINY.original(), weights.toFloats());
      return new BlockDecoding().blockedNgrams(chosen, context);
    }
  }

  private static void withOriginal(Consumer<Weights> body) {
    try (Weights weights = TINY.weights(TINY.original())) {
      Torch.withGradients(false, () -> body.accept(weights));
    }
  }

  private static int[] reproducedByOnePass(Weights weights, int n) {
    return Memorization.clean()
        .blocking(blocked(n))
        .continuations(TINY.model(), weights.parameters(), TINY.data().scored(), weights.manager())
        .reproducedRows();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, LONGER_THAN_ROWS})
  void onePassFindsWhatDecodingUnderTheBanReproduces(int n) {
    ArtifactRows rows = TINY.data().scored();
    withOriginal(
        weights ->
            assertArrayEquals(
                Arrays.stream(rows.eligibleRows())
                    .filter(row -> decodes(weights, rows, row, n))
                    .toArray(),
                reproducedByOnePass(weights, n)));
  }

  @Test
  void nothingIsLeftWhereWindowsHoldAnNgramAndAllWhereNoRowDoes() {
    int memorized = TINY.memorized().rows();
    withOriginal(
        weights -> {
          assertEquals(0, reproducedByOnePass(weights, TINY.window().compare()).length);
          assertEquals(memorized, reproducedByOnePass(weights, LONGER_THAN_ROWS).length);
        });
    assertTrue(memorized > 0);
  }

  private static boolean decodes(Weights weights, ArtifactRows rows, int row, int n) {
    Window window = rows.windows().get(row);
    int[] written = rows.prompts().row(row);
    for (int p = window.prompt(); p < window.end(); p++) {
      written[p] = emitted(weights, Arrays.copyOf(written, p), n);
    }
    return Arrays.equals(
        written,
        window.prompt(),
        window.end(),
        rows.artifacts().row(row),
        window.prompt(),
        window.end());
  }

  /** Returns the likeliest token that does not complete n tokens of a memorized row. */
  private static int emitted(Weights weights, int[] before, int n) {
    float[] logits = logits(weights, before);
    return IntStream.range(0, logits.length)
        .filter(token -> !isForbidden(before, token, n))
        .reduce((best, token) -> logits[token] > logits[best] ? token : best)
        .orElse(-1);
  }

  private static float[] logits(Weights weights, int... before) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long[] ids = IntStream.of(before).asLongStream().toArray();
      NDArray states =
          TINY.model()
              .hiddenStates(
                  weights.parameters(),
                  Torch.longs(weights.manager(), ids, 1, ids.length),
                  Tap.NONE);
      return TINY.model()
          .logits(weights.parameters(), states.get(ids.length - 1 + ":"))
          .toFloatArray();
    }
  }

  private static boolean isForbidden(int[] before, int token, int n) {
    if (before.length < n - 1) {
      return false;
    }
    int[] ngram = Arrays.copyOfRange(before, before.length - n + 1, before.length + 1);
    ngram[n - 1] = token;
    Sequences memorized = TINY.memorized();
    for (int r = 0; r < memorized.rows(); r++) {
      for (int from = 0; from + n <= memorized.length(); from++) {
        int[] found = Arrays.copyOfRange(memorized.row(r), from, from + n);
        if (Arrays.equals(found, ngram) && found[n - 1] != TINY.data().padding()) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void accuracyIsOfWhatIsEmittedAndPerplexityTheModelsOwn() {
    Sequences rows = TINY.data().tests().values().iterator().next().slice(0, 4);
    withOriginal(
        weights -> {
          long right = 0;
          for (int r = 0; r < rows.rows(); r++) {
            for (int p = 1; p < rows.length(); p++) {
              int[] before = Arrays.copyOf(rows.row(r), p);
              right += emitted(weights, before, 3) == rows.token(r, p) ? 1 : 0;
            }
          }
          NextTokenScore own = score(weights, rows, BlockedNgrams.NONE);
          NextTokenScore under = score(weights, rows, blocked(3));
          assertEquals(
              (double) right / (rows.rows() * (rows.length() - 1)), under.accuracy(), 1e-9);
          assertNotEquals(own.accuracy(), under.accuracy());
          assertEquals(own.perplexity(), under.perplexity());
        });
  }

  private static NextTokenScore score(Weights weights, Sequences rows, BlockedNgrams blocked) {
    return NextTokenMeasure.score(
        TINY.model(),
        weights.parameters(),
        rows,
        NextTokenMeasure.NOTHING_PREDICTABLE,
        weights.manager(),
        blocked);
  }

  @Test
  void paddingIsNotBlocked() {
    int padding = TINY.data().padding();
    Sequences ngrams = blocked(1).ngrams();
    assertTrue(ngrams.rows() > 0);
    for (int r = 0; r < ngrams.rows(); r++) {
      assertNotEquals(padding, ngrams.token(r, 0));
    }
  }
}
