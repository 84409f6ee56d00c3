package io.nepenthe.plugins.memorizationsinks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Compares the sinks with their definition, unit by unit. */
class SinkUnitsTest {
  private static final double SHARED = 0.4;
  private static final double POOL = 0.25;

  private final TinyFixture fixture = TinyFixture.trained();
  private final Sequences rows = fixture.data().train();
  private final int length = fixture.training().length();
  private final int units = fixture.model().hiddenUnits();
  private final int shared = (int) Math.floor(SHARED * units);

  @Test
  void equalRowsHaveEqualSinksWhereverTheyLie() {
    Sequences twice = rows.select(7, 3).concat(rows.select(3, 9, 7));
    float[][] masks = masks(twice, 0);
    assertArrayEquals(masks[0], masks[4]);
    assertArrayEquals(masks[1], masks[2]);
    assertFalse(Arrays.equals(masks[0], masks[1]));
    assertArrayEquals(masks[3], masks(rows.select(9), 0)[0]);
  }

  @Test
  void aRowThatDiffersInItsLastTokenHasOtherSinks() {
    int[] row = Arrays.copyOf(rows.row(0), length);
    int[] other = row.clone();
    other[length - 1]++;
    float[][] masks = masks(Sequences.of(length, java.util.List.of(row, other)), 0);
    assertFalse(Arrays.equals(masks[0], masks[1]));
  }

  @Test
  void everyRowHasTheSharedUnitsAndAPoolOfTheOthers() {
    double on = 0;
    int pools = 0;
    for (int layer = 0; layer < fixture.model().layers(); layer++) {
      for (float[] mask : masks(rows, layer)) {
        for (int unit = 0; unit < units; unit++) {
          assertTrue(mask[unit] == 1 || (mask[unit] == 0 && unit >= shared));
          on += unit < shared ? 0 : mask[unit];
        }
        pools++;
      }
    }
    double draws = pools * (double) (units - shared);
    assertEquals(POOL, on / draws, 5 * Math.sqrt(POOL * (1 - POOL) / draws));
  }

  @Test
  void blocksHaveSinksOfTheirOwn() {
    assertFalse(Arrays.equals(masks(rows, 0)[0], masks(rows, 1)[0]));
  }

  @Test
  void trainingMultipliesHiddenUnitsByTheMasks() {
    TrainingHook slow =
        new TrainingHook() {
          @Override
          public Tap tap(TokenBatch batch) {
            float[] masks = ((SinkUnits) hook()).masks(batch);
            return (layer, hidden) -> { // (B, T, H)
              int size = batch.size() * units;
              float[] own = Arrays.copyOfRange(masks, layer * size, (layer + 1) * size);
              return hidden.mul(
                  Torch.floats(hidden.getManager(), own, batch.size(), 1, units)); // (B, 1, H)
            };
          }
        };
    float[] expected = trained(slow);
    assertFalse(Arrays.equals(expected, trained(TrainingHook.NONE)));
    assertArrayEquals(expected, trained(hook()), 1e-5f);
  }

  @Test
  void theModelInUseIsWithoutItsSinks() {
    Tap without =
        (layer, hidden) -> {
          float[] factors = new float[units];
          Arrays.fill(factors, 0, shared, 1);
          return hidden.mul(Torch.floats(hidden.getManager(), factors, units));
        };
    try (Weights original = fixture.weights(fixture.original());
        Weights folded = original.copy()) {
      hook().fold(fixture.model(), folded);
      float[] expected = losses(original, without);
      assertArrayEquals(expected, losses(folded, Tap.NONE), 1e-4f);
      assertTrue(Math.abs(losses(original, Tap.NONE)[0] - expected[0]) > 1e-3);
    }
  }

  private float[] trained(TrainingHook hook) {
    try (Weights weights = fixture.weights(fixture.original());
        Training training = fixture.training(weights, rows, hook, OptimizerState.FRESH)) {
      training.step(new int[] {1, 5, 2});
      training.step(new int[] {4, 1});
      return weights.toFloats();
    }
  }

  /** Returns what the hook makes of hidden units that are all 1. */
  private float[][] masks(Sequences some, int layer) {
    float[] flat =
        withBatch(
            some,
            batch ->
                hook()
                    .tap(batch)
                    .hidden(
                        layer, batch.inputs().getManager().ones(new Shape(some.rows(), 1, units))));
    float[][] masks = new float[some.rows()][];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = Arrays.copyOfRange(flat, i * units, (i + 1) * units);
    }
    return masks;
  }

  private float[] losses(Weights weights, Tap tap) {
    return withBatch(
        rows.slice(0, 4),
        batch -> NextTokenLoss.perToken(fixture.model(), weights.parameters(), batch, tap));
  }

  private float[] withBatch(Sequences some, Function<TokenBatch, NDArray> body) {
    float[][] result = new float[1][];
    try (Weights weights = fixture.weights(fixture.original());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TokenBatch batch = TokenBatch.of(weights.manager(), some, some.indices(), length);
      Torch.withGradients(false, () -> result[0] = body.apply(batch).toFloatArray());
    }
    return result[0];
  }

  private TrainingHook hook() {
    MitigationContext context = fixture.context(Map.of(), Set.of(), 5, Progress.SILENT);
    context.weights().close();
    return new MemorizationSinks()
        .hook(new MemorizationSinks.Hyperparameters(SHARED, POOL), context);
  }
}
