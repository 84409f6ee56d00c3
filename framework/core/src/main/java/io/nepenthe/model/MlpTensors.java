package io.nepenthe.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * One layer's MLP. Every unlearning method edits its tensors only (UNLEARNING 0).
 *
 * @param in the maps whose outputs make the hidden units, D to H: one, or in a gated MLP the gate's
 *     and the gated one
 * @param out the map that writes hidden units to the stream, H to D
 */
public record MlpTensors(List<LinearMap> in, LinearMap out) {
  /** Copies the list. */
  public MlpTensors {
    in = List.copyOf(in);
  }

  /** Returns the names of all tensors, in model order. */
  public List<String> all() {
    return maps().flatMap(map -> map.tensors().stream()).toList();
  }

  /** Returns the names of all matrices, in model order. */
  public List<String> weights() {
    return maps().map(LinearMap::weight).toList();
  }

  private Stream<LinearMap> maps() {
    return Stream.concat(in.stream(), Stream.of(out));
  }
}
