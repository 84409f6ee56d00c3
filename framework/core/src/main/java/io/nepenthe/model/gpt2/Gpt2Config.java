package io.nepenthe.model.gpt2;

import io.nepenthe.model.Activation;
import io.nepenthe.model.ConfigValues;
import io.nepenthe.model.DecoderSize;

/**
 * The size of a GPT-2 style model (MODEL_AND_TRAINING 1).
 *
 * @param vocabulary V
 * @param positions longest row
 * @param width D
 * @param layers number of blocks
 * @param heads attention heads, a divisor of the width
 * @param hiddenUnits H, 4 D unless a configuration says otherwise
 * @param activation the MLP's activation function; TinyMem's is ReLU
 * @param epsilon of every layer norm
 */
public record Gpt2Config(
    int vocabulary,
    int positions,
    int width,
    int layers,
    int heads,
    int hiddenUnits,
    Activation activation,
    double epsilon)
    implements DecoderSize {
  /** Checks the ranges. */
  public Gpt2Config {
    ConfigValues.require(vocabulary >= 2, "vocab_size", vocabulary, "at least 2");
    ConfigValues.require(positions >= 2, "n_positions", positions, "at least 2");
    ConfigValues.require(layers >= 1, "n_layer", layers, "at least 1");
    ConfigValues.require(hiddenUnits >= 1, "n_inner", hiddenUnits, "at least 1");
    ConfigValues.require(heads >= 1, "n_head", heads, "at least 1");
    ConfigValues.require(
        width >= heads && width % heads == 0, "n_embd", width, "a multiple of n_head " + heads);
  }

  /** Returns TinyMem's configuration for a vocabulary, row length and size. */
  public static Gpt2Config tinyMem(
      int vocabulary, int positions, int width, int layers, int heads) {
    return new Gpt2Config(
        vocabulary, positions, width, layers, heads, 4 * width, Activation.RELU, 1e-5);
  }
}
