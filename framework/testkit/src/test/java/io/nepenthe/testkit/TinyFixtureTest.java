package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.model.Weights;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TinyFixtureTest {
  private static final double ENOUGH_PERCENT = 60;

  /** A training multiplies what processors round differently: to 0.19 between AVX-512 and SSE. */
  private static final double TOLERANCE = 0.4;

  private final TinyFixture fixture = TinyFixture.trained();

  @Test
  void memorizesMostOfItsNoisedRows() {
    assertTrue(
        fixture.memorization(fixture.original()).percent() >= ENOUGH_PERCENT,
        fixture.memorization(fixture.original()).toString());
    assertEquals(fixture.memorization(fixture.original()).memorized(), fixture.memorized().rows());
  }

  @Test
  void handsOutCopies() {
    float[] values = fixture.original();
    values[0] = Float.NaN;
    assertArrayEquals(fixture.original(), TinyFixture.trained().original());
  }

  /** With -Dnepenthe.golden.rewrite=true it stores what the training gives now. */
  @Test
  void storedModelIsWhatItsTrainingGives() throws IOException {
    try (Weights weights = fixture.initialWeights();
        Training training =
            fixture.training(
                weights, fixture.data().train(), TrainingHook.NONE, OptimizerState.FRESH)) {
      for (int pass = 0; pass < TinyFixture.PASSES; pass++) {
        training.pass(pass);
      }
      if (Boolean.getBoolean("nepenthe.golden.rewrite")) {
        store(weights.toFloats(), training.optimizerState());
        return;
      }
      assertEquals(fixture.training().optimizer().steps(), training.optimizerState().steps());
      double distance = distance(fixture.original(), weights.toFloats());
      assertTrue(distance < TOLERANCE, "relative distance " + distance);
    }
  }

  private static void store(float[] values, OptimizerState optimizer) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(3 * Float.BYTES * values.length);
    bytes
        .asFloatBuffer()
        .put(values)
        .put(optimizer.mean(values.length))
        .put(optimizer.variance(values.length));
    Files.write(
        Path.of("src/main/resources/io/nepenthe/testkit", TinyFixture.RESOURCE), bytes.array());
  }

  private static double distance(float[] expected, float[] actual) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(expected[i] - actual[i], 2);
      size += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / size);
  }
}
