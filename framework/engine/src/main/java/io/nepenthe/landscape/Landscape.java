package io.nepenthe.landscape;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * One model's losses on a grid.
 *
 * @param name as figures print it
 * @param losses nats per token: a list per offset along the second direction, in it one number per
 *     offset along the first
 */
public record Landscape(String name, List<List<Double>> losses) {
  /** Copies the losses and checks that they are a square with a centre. */
  public Landscape {
    Objects.requireNonNull(name, "name is missing");
    losses = losses.stream().map(List::copyOf).toList();
    int points = losses.size();
    if (points % 2 == 0 || losses.stream().anyMatch(line -> line.size() != points)) {
      throw new IllegalArgumentException("losses of " + name + " are no square with a centre");
    }
  }

  /** Returns the loss of the model itself. */
  public double centre() {
    return losses.get(losses.size() / 2).get(losses.size() / 2);
  }

  /** Returns all losses. */
  public DoubleStream all() {
    return losses.stream().flatMap(List::stream).mapToDouble(Double::doubleValue);
  }
}
