package io.nepenthe.landscape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DirectionsTest {
  private static final int WIDTH = 8;
  private static final Gpt2 MODEL = new Gpt2(Gpt2Config.tinyMem(14, 12, WIDTH, 2, 2));

  private final float[] weights =
      MODEL.initialValues(new RandomStreams(1).stream("initialisation"));

  private static double norm(float[] values, TensorSpec tensor, int filter, boolean isColumn) {
    int columns = tensor.shape().get(1).intValue();
    int length = isColumn ? tensor.shape().get(0).intValue() : columns;
    double squares = 0;
    for (int i = 0; i < length; i++) {
      int at = isColumn ? i * columns + filter : filter * columns + i;
      squares += Math.pow(values[(int) tensor.offset() + at], 2);
    }
    return Math.sqrt(squares);
  }

  private static float[] part(float[] values, TensorSpec tensor) {
    int from = (int) tensor.offset();
    return Arrays.copyOfRange(values, from, from + (int) tensor.size());
  }

  @Test
  void everyOutputOfAMatrixHasTheNormOfItsWeights() {
    float[] first = Directions.of(MODEL, weights, 543).first();
    TensorSpec matrix = MODEL.layout().tensor(MODEL.mlp().get(1).in().get(0).weight());
    assertEquals(WIDTH, matrix.shape().get(0)); // stored (inputs, outputs)
    for (int output = 0; output < matrix.shape().get(1); output++) {
      double norm = norm(weights, matrix, output, true);
      assertEquals(norm, norm(first, matrix, output, true), 1e-6 * norm);
    }
    TensorSpec attention =
        MODEL.layout().tensor(MODEL.attention().get(0).in().get(0).map().weight());
    assertEquals(norm(weights, attention, 5, true), norm(first, attention, 5, true), 1e-6);
  }

  @Test
  void everyRowOfAnEmbeddingHasTheNormOfItsWeights() {
    float[] second = Directions.of(MODEL, weights, 543).second();
    TensorSpec embedding = MODEL.layout().tensors().get(0);
    assertEquals(2, embedding.shape().size());
    for (int row = 0; row < embedding.shape().get(0); row++) {
      double norm = norm(weights, embedding, row, false);
      assertEquals(norm, norm(second, embedding, row, false), 1e-6 * norm);
    }
  }

  @Test
  void vectorsAreNotMoved() {
    Arrays.fill(weights, 2);
    Directions directions = Directions.of(MODEL, weights, 543);
    int vectors = 0;
    for (TensorSpec tensor : MODEL.layout().tensors()) {
      if (tensor.shape().size() == 1) {
        float[] zeros = new float[(int) tensor.size()];
        assertArrayEquals(zeros, part(directions.first(), tensor), tensor.name());
        assertArrayEquals(zeros, part(directions.second(), tensor), tensor.name());
        vectors++;
      }
    }
    assertEquals(2 * 8 + 2, vectors); // biases and layer norms of two layers, the last norm
  }

  @Test
  void aFilterOfZerosIsNotMoved() {
    TensorSpec embedding = MODEL.layout().tensors().get(0);
    int from = (int) embedding.offset();
    Arrays.fill(weights, from, from + WIDTH, 0);
    float[] first = Directions.of(MODEL, weights, 543).first();
    assertArrayEquals(
        new float[WIDTH], Arrays.copyOfRange(first, from, from + WIDTH), Float.MIN_VALUE);
  }

  @Test
  void anotherModelIsLookedAtInTheSameDirections() {
    float[] larger = weights.clone();
    for (int i = 0; i < larger.length; i++) {
      larger[i] *= 4; // a power of two: floats scale exactly
    }
    float[] own = Directions.of(MODEL, weights, 543).first();
    float[] other = Directions.of(MODEL, larger, 543).first();
    for (int i = 0; i < own.length; i++) {
      assertEquals(4 * own[i], other[i]);
    }
  }

  @Test
  void theSeedAloneDecides() {
    Directions directions = Directions.of(MODEL, weights, 543);
    assertArrayEquals(directions.first(), Directions.of(MODEL, weights, 543).first());
    assertArrayEquals(directions.second(), Directions.of(MODEL, weights, 543).second());
    assertFalse(Arrays.equals(directions.first(), directions.second()));
    assertFalse(Arrays.equals(directions.first(), Directions.of(MODEL, weights, 544).first()));
  }

  @Test
  void refusesWeightsOfAnotherModel() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Directions.of(MODEL, new float[weights.length - 1], 1));
  }
}
