package io.nepenthe.model;

import java.util.List;

/**
 * One layer's attention.
 *
 * @param in the maps that make queries, keys and values: one for all, or one for each
 * @param out the map that reads the model's heads side by side and writes to the stream
 */
public record AttentionTensors(List<HeadMap> in, LinearMap out) {
  /** Copies the list. */
  public AttentionTensors {
    in = List.copyOf(in);
  }

  /**
   * A map whose outputs lie side by side in pieces of one size, each the queries, the keys or the
   * values of one head.
   *
   * @param map from the stream, D inputs
   * @param pieces how many there are; fewer keys than queries where heads share them
   */
  public record HeadMap(LinearMap map, int pieces) {}
}
