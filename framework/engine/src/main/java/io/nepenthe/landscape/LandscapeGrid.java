package io.nepenthe.landscape;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A square grid around a model, the model itself in its centre.
 *
 * @param points on each side; odd, at least 3
 * @param distance how far the outermost points lie from the centre; 1 is as far as the weights are
 *     from zero
 */
public record LandscapeGrid(int points, double distance) {
  private static final int MOST_POINTS = 1000;

  /** Checks both. */
  public LandscapeGrid {
    if (points < 3 || points > MOST_POINTS || points % 2 == 0) {
      throw new IllegalArgumentException(
          "points is "
              + points
              + ", must be odd, at least 3 and below "
              + MOST_POINTS
              + ": the model is in the centre");
    }
    if (!(distance > 0 && distance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("distance is " + distance + ", must be above 0");
    }
  }

  /** Returns the offsets along either direction, rising from -distance over 0 to distance. */
  public List<Double> offsets() {
    int half = points / 2;
    return IntStream.rangeClosed(-half, half).mapToObj(i -> distance * i / half).toList();
  }
}
