package io.nepenthe.plugins.exampletieddropout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.HashedMasks;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares the dropout with its definition, entry by entry (MODEL_AND_TRAINING 3.3). */
class ExampleTiedDropoutReferenceTest {
  private static final ExampleTiedDropout.Hyperparameters POINT =
      new ExampleTiedDropout.Hyperparameters(0.25, 0.3);
  private static final double FACTOR = 0.55 / 0.3;
  private static final Set<Quirk> POSITIONS = Set.of(Quirk.POSITION_DROPOUT);
  private static final Set<Quirk> FIRST_BATCH = Set.of(Quirk.FIRST_BATCH_MASKS);
  private static final Set<Quirk> BOTH = Set.of(Quirk.POSITION_DROPOUT, Quirk.FIRST_BATCH_MASKS);
  private static final int[] ROWS = {3, 17, 4, 29};
  private static final int[] LATER = {17, 40};

  private final TinyFixture fixture = TinyFixture.trained();
  private final LanguageModel model = fixture.model();
  private final Sequences rows = fixture.data().train();
  private final int length = fixture.training().length();
  private final int hidden = model.hiddenUnits();
  private final int fixedUnits = (int) Math.floor(0.3 * hidden);
  private final int fixedPositions = (int) Math.floor(0.3 * model.positions());

  @Test
  void everyExampleHasTheFixedUnitsAndAShareOfTheOthers() {
    int[] many = IntStream.range(0, rows.rows()).toArray();
    TrainingHook hook = hook(Set.of());
    for (int layer = 0; layer < model.layers(); layer++) {
      float[][] masks = unitMasks(hook, many, layer);
      double on = 0;
      for (float[] mask : masks) {
        for (int unit = 0; unit < hidden; unit++) {
          assertTrue(mask[unit] == 0 || mask[unit] == 1);
          assertTrue(mask[unit] == 1 || unit >= fixedUnits);
          on += unit < fixedUnits ? 0 : mask[unit];
        }
      }
      double draws = many.length * (double) (hidden - fixedUnits);
      double deviation = Math.sqrt(0.25 * 0.75 / draws);
      assertEquals(0.25, on / draws, 5 * deviation, "share of tied units that are on");
    }
  }

  @Test
  void eachUnitIsTiedToItsOwnExamples() {
    int[] many = IntStream.range(0, rows.rows()).toArray();
    float[][] masks = unitMasks(hook(Set.of()), many, 0);
    for (int unit = fixedUnits; unit < hidden; unit++) {
      double on = 0;
      for (float[] mask : masks) {
        on += mask[unit];
      }
      assertEquals(0.25, on / many.length, 5 * Math.sqrt(0.25 * 0.75 / many.length));
    }
  }

  @Test
  void anExampleKeepsItsMaskInEveryPassAndPlace() {
    TrainingHook hook = hook(Set.of());
    float[][] before = unitMasks(hook, ROWS, 1);
    float[][] after = unitMasks(hook, new int[] {29, 5, 3}, 1);
    assertArrayEquals(before[3], after[0]);
    assertArrayEquals(before[0], after[2]);
    assertArrayEquals(before, unitMasks(hook(Set.of()), ROWS, 1));
  }

  @Test
  void masksDifferBetweenExamplesAndBlocks() {
    float[][] masks = unitMasks(hook(Set.of()), ROWS, 0);
    assertFalse(Arrays.equals(masks[0], masks[1]));
    assertFalse(Arrays.equals(masks[0], unitMasks(hook(Set.of()), ROWS, 1)[0]));
  }

  @Test
  void theHashNeverChanges() {
    ExampleMasks masks = new ExampleMasks(new HashedMasks(42, 24, 2, 0.5), Owners.all());
    StringBuilder bits = new StringBuilder();
    for (float value : withBatch(new int[] {7}, batch -> masks.of(batch, 2))) {
      bits.append((int) value);
    }
    assertEquals("111110011101111011110010110010101110110010111101", bits.toString());
  }

  @Test
  void trainingMasksTheHiddenUnits() {
    trainsAs(Set.of(), masks -> unitTap(masks));
  }

  @Test
  void unitsOfLaterExamplesAreOffWithMasksOfTheFirstBatch() {
    TrainingHook hook = hook(FIRST_BATCH);
    float[][] first = unitMasks(hook, ROWS, 0);
    assertArrayEquals(unitMasks(hook(Set.of()), ROWS, 0), first);
    float[][] later = unitMasks(hook, LATER, 0);
    assertArrayEquals(first[1], later[0]);
    assertArrayEquals(new float[hidden], later[1]);
  }

  @Test
  void positionsAreMaskedAlikeInEveryBlock() {
    TrainingHook hook = hook(POSITIONS);
    float[][] masks = positionMasks(hook, ROWS, 0);
    assertArrayEquals(masks, positionMasks(hook, ROWS, 1));
    assertFalse(Arrays.equals(masks[0], masks[1]));
    for (float[] mask : masks) {
      assertEquals(length - 1, mask.length);
      for (int position = 0; position < fixedPositions; position++) {
        assertEquals(1, mask[position]);
      }
    }
    float[] ones = new float[length - 1];
    Arrays.fill(ones, 1);
    for (float[] mask : positionMasks(hook, ROWS, model.layers())) {
      assertArrayEquals(ones, mask, "what leaves the last block");
    }
  }

  @Test
  void aShareOfTheLaterPositionsIsOn() {
    int[] many = IntStream.range(0, rows.rows()).toArray();
    double on = 0;
    for (float[] mask : positionMasks(hook(POSITIONS), many, 0)) {
      for (int position = fixedPositions; position < length - 1; position++) {
        on += mask[position];
      }
    }
    double draws = many.length * (length - 1.0 - fixedPositions);
    assertEquals(0.25, on / draws, 5 * Math.sqrt(0.25 * 0.75 / draws));
  }

  @Test
  void positionsOfLaterExamplesAreOffWithMasksOfTheFirstBatch() {
    TrainingHook hook = hook(BOTH);
    float[][] first = positionMasks(hook, ROWS, 0);
    assertArrayEquals(positionMasks(hook(POSITIONS), ROWS, 0), first);
    float[][] later = positionMasks(hook, LATER, 0);
    assertArrayEquals(first[1], later[0]);
    assertArrayEquals(new float[length - 1], later[1]);
  }

  @Test
  void trainingMasksThePositionsAsTheReference() {
    trainsAs(BOTH, masks -> streamTap(masks));
  }

  @Test
  void theFirstBatchIsRememberedWhereTrainingGoesOn() {
    TrainingHook first = hook(FIRST_BATCH);
    assertEquals(Optional.empty(), first.state());
    float[][] masks = unitMasks(first, ROWS, 1);
    TrainingHook second = hook(FIRST_BATCH);
    second.restore(first.state().orElseThrow());
    assertArrayEquals(unitMasks(first, LATER, 1), unitMasks(second, LATER, 1));
    assertArrayEquals(masks, unitMasks(second, ROWS, 1));
    assertEquals(Optional.empty(), hook(Set.of()).state());
  }

  @Test
  void foldedModelEqualsTheModelInUse() {
    Tap inUse = unitTap(inUse(hidden, fixedUnits));
    TrainingHook hook = hook(Set.of());
    try (Weights original = fixture.weights(fixture.original());
        Weights folded = original.copy()) {
      int before = folded.manager().getManagedArrays().size();
      hook.fold(model, folded);
      assertEquals(before, folded.manager().getManagedArrays().size());
      float[] expected = losses(original, inUse);
      assertArrayEquals(expected, losses(folded, Tap.NONE), 1e-4f);
      assertFalse(Math.abs(losses(original, Tap.NONE)[0] - expected[0]) < 1e-2);
    }
    assertEquals(Optional.empty(), hook.positionFactors());
  }

  @Test
  void positionsInUseAreFactorsAndNothingIsFolded() {
    TrainingHook hook = hook(BOTH);
    float[] factors = hook.positionFactors().orElseThrow();
    assertArrayEquals(inUse(model.positions(), fixedPositions)[0], factors, 1e-6f);
    try (Weights weights = fixture.weights(fixture.original())) {
      hook.fold(model, weights);
      assertArrayEquals(fixture.original(), weights.toFloats());
    }
  }

  private static float[][] inUse(int width, int fixed) {
    float[] factors = new float[width];
    Arrays.fill(factors, 0, fixed, (float) FACTOR);
    return new float[][] {factors};
  }

  /** Trains three steps with the hook and with a tap of plain products: the weights must agree. */
  private void trainsAs(Set<Quirk> quirks, Function<float[][], Tap> plainTap) {
    TrainingHook masks = hook(quirks);
    boolean positions = quirks.contains(Quirk.POSITION_DROPOUT);
    TrainingHook slow =
        new TrainingHook() {
          @Override
          public Tap tap(TokenBatch batch) {
            int[] examples = IntStream.range(0, batch.size()).map(batch::row).toArray();
            Tap[] taps = new Tap[model.layers()];
            for (int layer = 0; layer < taps.length; layer++) {
              taps[layer] =
                  plainTap.apply(
                      positions
                          ? positionMasks(masks, examples, layer)
                          : unitMasks(masks, examples, layer));
            }
            return perLayer(taps);
          }
        };
    float[] expected = trained(slow);
    assertFalse(Arrays.equals(expected, trained(TrainingHook.NONE)));
    assertArrayEquals(expected, trained(hook(quirks)), 1e-5f);
  }

  private static Tap perLayer(Tap[] taps) {
    return new Tap() {
      @Override
      public NDArray hidden(int layer, NDArray activation) {
        return taps[layer].hidden(layer, activation);
      }

      @Override
      public NDArray stream(int layer, NDArray stream) {
        return layer < taps.length ? taps[layer].stream(layer, stream) : stream;
      }
    };
  }

  private float[] trained(TrainingHook hook) {
    try (Weights weights = fixture.weights(fixture.original());
        Training training =
            fixture.training(weights, fixture.data().train(), hook, OptimizerState.FRESH)) {
      training.step(ROWS);
      training.step(LATER);
      training.step(IntStream.range(0, 20).toArray()); // enough for a convolution (Ops.linear)
      return weights.toFloats();
    }
  }

  /** Multiplies hidden units by factors of (B or 1, H). */
  private Tap unitTap(float[][] factors) {
    return (layer, activation) ->
        activation.mul(array(activation, factors, factors.length, 1, factors[0].length));
  }

  /** Multiplies the stream by factors of (B, T). */
  private Tap streamTap(float[][] factors) {
    return new Tap() {
      @Override
      public NDArray hidden(int layer, NDArray activation) {
        return activation;
      }

      @Override
      public NDArray stream(int layer, NDArray stream) {
        return stream.mul(array(stream, factors, factors.length, factors[0].length, 1));
      }
    };
  }

  private static NDArray array(NDArray like, float[][] values, long... shape) {
    float[] flat = new float[values.length * values[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values[i / values[0].length][i % values[0].length];
    }
    return Torch.floats(like.getManager(), flat, shape);
  }

  /** Returns what the hook makes of hidden units that are all 1, at every position alike. */
  private float[][] unitMasks(TrainingHook hook, int[] examples, int layer) {
    return alike(
        withBatch(
            examples,
            batch -> {
              NDArray ones =
                  batch.inputs().getManager().ones(new Shape(examples.length, 3, hidden));
              return hook.tap(batch).hidden(layer, ones).transpose(1, 0, 2).toFloatArray();
            }),
        examples.length,
        hidden,
        3);
  }

  /** Returns what the hook makes of a stream that is 1 everywhere, in every channel alike. */
  private float[][] positionMasks(TrainingHook hook, int[] examples, int layer) {
    return alike(
        withBatch(
            examples,
            batch -> {
              NDArray ones =
                  batch.inputs().getManager().ones(new Shape(examples.length, length - 1, 5));
              return hook.tap(batch).stream(layer, ones).transpose(2, 0, 1).toFloatArray();
            }),
        examples.length,
        length - 1,
        5);
  }

  /** Cuts equal copies of (examples, width) into the rows of the first one. */
  private static float[][] alike(float[] values, int examples, int width, int copies) {
    float[][] masks = new float[examples][];
    for (int i = 0; i < examples * copies; i++) {
      float[] mask = Arrays.copyOfRange(values, i * width, (i + 1) * width);
      if (i < examples) {
        masks[i] = mask;
      } else {
        assertArrayEquals(masks[i % examples], mask);
      }
    }
    return masks;
  }

  private float[] withBatch(int[] examples, Function<TokenBatch, float[]> body) {
    float[][] result = new float[1][];
    try (Weights weights = fixture.weights(fixture.original());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TokenBatch batch = TokenBatch.of(weights.manager(), rows, examples, length);
      Torch.withGradients(false, () -> result[0] = body.apply(batch));
    }
    return result[0];
  }

  private float[] losses(Weights weights, Tap tap) {
    return withBatch(
        ROWS,
        batch -> NextTokenLoss.perToken(model, weights.parameters(), batch, tap).toFloatArray());
  }

  private TrainingHook hook(Set<Quirk> quirks) {
    MitigationContext context = fixture.context(Map.of(), quirks, 5, Progress.SILENT);
    context.weights().close();
    return new ExampleTiedDropout().hook(POINT, context);
  }
}
