package io.nepenthe.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names of a model's tensors in its folder, and of what else may be there. */
public interface StoredNames {
  /** Returns the names a tensor of the model may be stored under, the usual one first. */
  List<String> of(String tensor);

  /** Returns stored tensors that, where they are there, must equal one of the model, by name. */
  Map<String, String> copies();

  /** Returns true for a stored tensor that holds nothing learned, like a causal mask. */
  boolean isConstant(String stored);

  /**
   * Returns what is wrong with a stored tensor that the model lacks, if the model computes
   * something else without it.
   */
  Optional<String> refusal(String stored);
}
