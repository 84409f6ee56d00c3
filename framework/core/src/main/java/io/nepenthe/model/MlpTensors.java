package io.nepenthe.model;

import java.util.List;

/**
 * The names of one layer's MLP tensors. Every unlearning method edits these tensors only
 * (UNLEARNING 0).
 *
 * @param inWeight first linear map's weight
 * @param inBias first linear map's bias, (H)
 * @param outWeight second linear map's weight
 * @param outBias second linear map's bias, (D)
 * @param inputsFirst true if weights are stored (inputs, outputs) as in GPT-2, false if (outputs,
 *     inputs) as in GPT-NeoX
 */
public record MlpTensors(
    String inWeight, String inBias, String outWeight, String outBias, boolean inputsFirst) {
  /** Returns all four names, in model order. */
  public List<String> all() {
    return List.of(inWeight, inBias, outWeight, outBias);
  }

  /** Returns the two weight names, in model order. */
  public List<String> weights() {
    return List.of(inWeight, outWeight);
  }
}
