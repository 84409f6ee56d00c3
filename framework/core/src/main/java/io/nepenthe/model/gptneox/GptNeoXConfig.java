package io.nepenthe.model.gptneox;

import io.nepenthe.model.Activation;
import io.nepenthe.model.ConfigValues;
import io.nepenthe.model.DecoderSize;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Rotary;

/**
 * The size of a GPT-NeoX, and what its versions differ in.
 *
 * @param vocabulary V
 * @param positions longest row
 * @param width D
 * @param layers number of blocks
 * @param heads attention heads, a divisor of the width
 * @param hiddenUnits H
 * @param activation the MLP's activation function
 * @param epsilon of every layer norm
 * @param rotaryShare share of each head that is turned by its position, in (0, 1]
 * @param rotaryBase of the frequencies of turning
 * @param rotaryScaling what stretches them
 * @param isParallel true if attention and MLP of a block read the same stream
 * @param hasAttentionBias true if the linear maps of attention have biases
 * @param isTied true if the head is the token embedding
 */
public record GptNeoXConfig(
    int vocabulary,
    int positions,
    int width,
    int layers,
    int heads,
    int hiddenUnits,
    Activation activation,
    double epsilon,
    double rotaryShare,
    double rotaryBase,
    Rotary.Scaling rotaryScaling,
    boolean isParallel,
    boolean hasAttentionBias,
    boolean isTied)
    implements DecoderSize {
  /** Pythia's. */
  static final double ROTARY_SHARE = 0.25;

  private static final double ROTARY_BASE = 10_000;

  /** Checks the ranges. */
  public GptNeoXConfig {
    ConfigValues.require(vocabulary >= 2, "vocab_size", vocabulary, "at least 2");
    ConfigValues.require(positions >= 2, "max_position_embeddings", positions, "at least 2");
    ConfigValues.require(layers >= 1, "num_hidden_layers", layers, "at least 1");
    ConfigValues.require(hiddenUnits >= 1, "intermediate_size", hiddenUnits, "at least 1");
    ConfigValues.require(heads >= 1, "num_attention_heads", heads, "at least 1");
    ConfigValues.require(
        width >= heads && width % heads == 0,
        "hidden_size",
        width,
        "a multiple of num_attention_heads " + heads);
    int size = width / heads;
    int turned = (int) (size * rotaryShare);
    if (turned < 1 || turned + turned % 2 > size) {
      throw new IllegalArgumentException(
          "rotary_pct is " + rotaryShare + ", which of heads of size " + size + " turns " + turned);
    }
  }

  /** Returns Pythia's configuration for a size. */
  static GptNeoXConfig pythia(ModelSize size) {
    return new GptNeoXConfig(
        size.vocabulary(),
        size.positions(),
        size.width(),
        size.layers(),
        size.heads(),
        4 * size.width(),
        Activation.GELU,
        1e-5,
        ROTARY_SHARE,
        ROTARY_BASE,
        Rotary.Scaling.NONE,
        true,
        true,
        false);
  }

  /** Returns the size of a head. */
  int headSize() {
    return width / heads;
  }

  /** Returns how queries and keys are turned. */
  Rotary rotary() {
    return new Rotary((int) (headSize() * rotaryShare), rotaryBase, rotaryScaling);
  }
}
