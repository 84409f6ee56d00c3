package io.nepenthe.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 2 rows of 5 tokens; 2 layers of 12 * 8 * 8 = 768 weights, a head of 11 * 8 = 88. */
final class CountedModelTest {
  private static final int ROWS = 2;
  private static final int LENGTH = 5;
  private static final int TOKENS = ROWS * LENGTH;
  private static final double LAYER = 768;
  private static final double HEAD = 88;
  private static final double ALL = 2 * LAYER + HEAD;
  private static final double EXACT = 1e-12;

  private final Gpt2 plain = new Gpt2(Gpt2Config.tinyMem(11, LENGTH, 8, 2, 2));
  private final CountedModel counted = new CountedModel(plain);
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final Weights weights =
      Weights.of(plain.layout(), manager, plain.initialValues(new RandomStreams(5).stream("test")));
  private final NDArray ids = Torch.longs(manager, new long[TOKENS], ROWS, LENGTH);
  private final NDArray targets = Torch.longs(manager, new long[TOKENS], TOKENS);

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray loss(Parameters parameters, Tap tap) {
    return counted.losses(parameters, counted.hiddenStates(parameters, ids, tap), targets).mean();
  }

  @Test
  void aForwardPassWithItsLossCountsItsTokens() {
    loss(weights.parameters(), Tap.NONE);
    assertEquals(TOKENS, counted.tokens(), EXACT);
  }

  @Test
  void aLossOfLogitsCountsTheHead() {
    NDArray states = counted.hiddenStates(weights.parameters(), ids, Tap.NONE);
    counted.losses(weights.parameters(), states, (logits, from, to) -> logits.sum(new int[] {1}));
    assertEquals(TOKENS, counted.tokens(), EXACT);
  }

  @Test
  void aPassThatCanBeDifferentiatedCountsThreeTimes() {
    weights.flat().setRequiresGradient(true);
    Torch.withGradients(true, () -> Torch.backward(loss(weights.parameters(), Tap.NONE)));
    assertEquals(3 * TOKENS, counted.tokens(), EXACT);
  }

  @Test
  void itDoesNotMatterWhichTensorsWantTheGradient() {
    NDArray gates = Torch.floats(manager, new float[32], 32);
    gates.setRequiresGradient(true);
    Torch.withGradients(
        true, () -> loss(weights.parameters(), (layer, hidden) -> hidden.mul(gates)));
    assertEquals(3 * TOKENS, counted.tokens(), EXACT);
  }

  @Test
  void nothingIsDifferentiatedWhereGradientsAreOff() {
    weights.flat().setRequiresGradient(true);
    Torch.withGradients(false, () -> loss(weights.parameters(), Tap.NONE));
    assertEquals(TOKENS, counted.tokens(), EXACT);
  }

  @Test
  void partOfAModelCountsItsShareOfTheWeights() {
    NDArray stream = manager.zeros(new Shape(ROWS, LENGTH, 8));
    NDArray states = counted.hiddenStatesFrom(weights.parameters(), 1, stream, Tap.NONE);
    assertEquals(TOKENS * LAYER / ALL, counted.tokens(), EXACT);
    counted.logits(weights.parameters(), states);
    assertEquals(TOKENS * (LAYER + HEAD) / ALL, counted.tokens(), EXACT);
    counted.hiddenStatesFrom(weights.parameters(), 2, stream, Tap.NONE);
    assertEquals(TOKENS * (LAYER + HEAD) / ALL, counted.tokens(), EXACT);
  }

  @Test
  void rowsAreContinuedByTheirNewTokensAndLastLogits() {
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      counted.continueRows(weights.parameters(), ids, cache, Tap.NONE);
      assertEquals((TOKENS * 2 * LAYER + ROWS * HEAD) / ALL, counted.tokens(), EXACT);
      NDArray mask = manager.zeros(new Shape(3, LENGTH));
      NDArray stream = manager.zeros(new Shape(ROWS, 3, 8));
      counted.branches(weights.parameters(), 1, stream, mask, cache);
    }
    assertEquals(
        (TOKENS * 2 * LAYER + ROWS * HEAD + ROWS * 3 * LAYER) / ALL, counted.tokens(), EXACT);
  }

  @Test
  void computesWhatTheModelBehindItComputes() {
    Parameters parameters = weights.parameters();
    assertArrayEquals(
        plain.hiddenStates(parameters, ids, Tap.NONE).toFloatArray(),
        counted.hiddenStates(parameters, ids, Tap.NONE).toFloatArray());
    assertArrayEquals(
        plain.initialValues(new RandomStreams(5).stream("test")),
        counted.initialValues(new RandomStreams(5).stream("test")));
    assertEquals(plain.mlp(), counted.mlp());
  }
}
