package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * An architecture: which tensors it has and how they turn tokens into logits. Stateless; the values
 * are {@link Weights}. B = rows, T = tokens of a row, N = B*T, D = width, H = MLP hidden units, V =
 * vocabulary.
 */
public interface LanguageModel {
  /** Returns names, shapes and order of the tensors. */
  ParameterLayout layout();

  /** Returns the number of layers. */
  int layers();

  /** Returns D. */
  int width();

  /** Returns H. */
  int hiddenUnits();

  /** Returns V. */
  int vocabulary();

  /** Returns the longest row the model can read. */
  int positions();

  /** Returns the names of every layer's MLP tensors. */
  List<MlpTensors> mlp();

  /**
   * Returns the hidden states after the final layer norm.
   *
   * @param parameters the tensors to use
   * @param tokens ids, (B, T), int64
   * @param tap sees and may change the hidden units of every MLP
   * @return (N, D)
   */
  NDArray hiddenStates(Parameters parameters, NDArray tokens, MlpTap tap);

  /**
   * Returns the logits of hidden states.
   *
   * @param hiddenStates (N, D)
   * @return (N, V)
   */
  NDArray logits(Parameters parameters, NDArray hiddenStates);

  /**
   * Continues rows by one forward pass over their new tokens only.
   *
   * @param tokens the new ids, (B, T), int64; T may exceed 1 only while the cache is empty
   * @param cache keys and values of the tokens before; grows by the new ones
   * @return logits after each row's last new token, (B, V)
   */
  NDArray continueRows(Parameters parameters, NDArray tokens, KeyValueCache cache);
}
