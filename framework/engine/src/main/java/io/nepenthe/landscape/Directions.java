package io.nepenthe.landscape;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.protocol.RandomStreams;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The two directions that span a plane around a model's weights.
 *
 * <p>What is drawn depends on the seed and the architecture alone, so that models of one
 * architecture are looked at in the same directions. Each filter, the weights of one output of a
 * matrix or one row of an embedding, is then scaled to the norm of the model's own filter; vectors
 * get zeros.
 */
public final class Directions {
  private final float[] first;
  private final float[] second;

  private Directions(float[] first, float[] second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Draws the directions.
   *
   * @param weights the model's values, in model order
   */
  public static Directions of(LanguageModel model, float[] weights, long seed) {
    if (weights.length != model.layout().size()) {
      throw new IllegalArgumentException(
          weights.length + " values for a model of " + model.layout().size() + " parameters");
    }
    RandomStreams streams = new RandomStreams(seed);
    return new Directions(
        draw(model, weights, streams.stream("landscape/first")),
        draw(model, weights, streams.stream("landscape/second")));
  }

  /** Returns a copy of the first direction, in model order. */
  public float[] first() {
    return first.clone();
  }

  /** Returns a copy of the second direction, in model order. */
  public float[] second() {
    return second.clone();
  }

  private static float[] draw(LanguageModel model, float[] weights, RandomGenerator random) {
    Set<String> inputsFirst = inputsFirst(model);
    float[] direction = new float[weights.length];
    for (TensorSpec tensor : model.layout().tensors()) {
      if (tensor.shape().size() > 2) {
        throw new IllegalArgumentException(tensor.name() + " has more than two dimensions");
      }
      if (tensor.shape().size() == 2) {
        int from = Math.toIntExact(tensor.offset());
        int to = from + Math.toIntExact(tensor.size());
        for (int i = from; i < to; i++) {
          direction[i] = (float) random.nextGaussian();
        }
        normalise(direction, weights, tensor, inputsFirst.contains(tensor.name()));
      }
    }
    return direction;
  }

  /** Names the matrices that are stored (inputs, outputs): their filters are columns. */
  private static Set<String> inputsFirst(LanguageModel model) {
    Set<String> names = new HashSet<>();
    model.linearMaps().filter(LinearMap::inputsFirst).forEach(map -> names.add(map.weight()));
    return names;
  }

  private static void normalise(
      float[] direction, float[] weights, TensorSpec tensor, boolean filtersAreColumns) {
    int from = Math.toIntExact(tensor.offset());
    int rows = Math.toIntExact(tensor.shape().get(0));
    int columns = Math.toIntExact(tensor.shape().get(1));
    int filters = filtersAreColumns ? columns : rows;
    int length = filtersAreColumns ? rows : columns;
    int step = filtersAreColumns ? columns : 1;
    for (int f = 0; f < filters; f++) {
      int start = from + (filtersAreColumns ? f : f * columns);
      double scale = norm(weights, start, step, length) / norm(direction, start, step, length);
      for (int i = 0; i < length; i++) {
        direction[start + i * step] *= (float) scale;
      }
    }
  }

  private static double norm(float[] values, int start, int step, int length) {
    double squares = 0;
    for (int i = 0; i < length; i++) {
      double value = values[start + i * step];
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
