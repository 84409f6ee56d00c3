package io.nepenthe.model.llama;

import io.nepenthe.model.Activation;
import io.nepenthe.model.ConfigValues;
import io.nepenthe.model.DecoderSize;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Rotary;
import java.util.List;

/**
 * The size of a model of Llama's family.
 *
 * @param kind which member it is
 * @param vocabulary V
 * @param positions longest row
 * @param window how many tokens a token of the windowed layers sees, itself included; 0 if there is
 *     no such layer
 * @param windowed the layers with a sliding window
 * @param width D
 * @param layers number of blocks
 * @param heads heads of queries
 * @param keyValueHeads heads of keys and values, a divisor of the heads
 * @param headSize d, even
 * @param hiddenUnits H
 * @param activation of the gate
 * @param epsilon of every norm
 * @param rotaryBase of the frequencies of turning
 * @param rotaryScaling what stretches them
 * @param hasAttentionBias true if all linear maps of attention have biases
 * @param hasMlpBias true if the linear maps of MLPs have biases
 * @param isTied true if the head is the token embedding
 */
record LlamaConfig(
    LlamaKind kind,
    int vocabulary,
    int positions,
    int window,
    List<Integer> windowed,
    int width,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int hiddenUnits,
    Activation activation,
    double epsilon,
    double rotaryBase,
    Rotary.Scaling rotaryScaling,
    boolean hasAttentionBias,
    boolean hasMlpBias,
    boolean isTied)
    implements DecoderSize {
  private static final int UNITS_IN_STEPS_OF = 8;

  /** Checks the ranges. */
  LlamaConfig {
    ConfigValues.require(vocabulary >= 2, "vocab_size", vocabulary, "at least 2");
    windowed = List.copyOf(windowed);
    ConfigValues.require(positions >= 2, "max_position_embeddings", positions, "at least 2");
    ConfigValues.require(width >= 1, "hidden_size", width, "at least 1");
    ConfigValues.require(layers >= 1, "num_hidden_layers", layers, "at least 1");
    ConfigValues.require(hiddenUnits >= 1, "intermediate_size", hiddenUnits, "at least 1");
    ConfigValues.require(heads >= 1, "num_attention_heads", heads, "at least 1");
    ConfigValues.require(
        keyValueHeads >= 1 && heads % keyValueHeads == 0,
        "num_key_value_heads",
        keyValueHeads,
        "a divisor of num_attention_heads " + heads);
    ConfigValues.require(
        headSize >= 2 && headSize % 2 == 0, "head_dim", headSize, "an even number above 0");
  }

  /**
   * Returns the configuration of a model that is trained here: two heads share keys and values
   * where the heads can be halved, and as many hidden units as make three matrices of an MLP as
   * large as two of four times the width.
   */
  static LlamaConfig of(LlamaKind kind, ModelSize size) {
    ConfigValues.require(
        size.width() % size.heads() == 0,
        "width",
        size.width(),
        "a multiple of the heads " + size.heads());
    int units = 8 * size.width() / 3;
    return new LlamaConfig(
        kind,
        size.vocabulary(),
        size.positions(),
        0,
        List.of(),
        size.width(),
        size.layers(),
        size.heads(),
        size.heads() % 2 == 0 ? size.heads() / 2 : size.heads(),
        size.width() / size.heads(),
        (units + UNITS_IN_STEPS_OF - 1) / UNITS_IN_STEPS_OF * UNITS_IN_STEPS_OF,
        Activation.SILU,
        kind.defaults().epsilon(),
        10_000,
        Rotary.Scaling.NONE,
        false,
        false,
        false);
  }

  /** Returns how many tokens a token of a layer sees, itself included. */
  long window(int layer) {
    return windowed.contains(layer) ? window : Long.MAX_VALUE;
  }

  /** Returns true if the maps that make queries, keys and values have biases. */
  boolean hasQueryKeyValueBias() {
    return hasAttentionBias || kind == LlamaKind.QWEN2;
  }

  /** Returns how queries and keys are turned. */
  Rotary rotary() {
    return new Rotary(headSize, rotaryBase, rotaryScaling);
  }

  /** Returns about how many weights there are, exactly enough to refuse what is absurd. */
  double weights() {
    double ofAttention = 2.0 * headSize * ((double) heads + keyValueHeads);
    double ofBlock = width * (ofAttention + 3.0 * hiddenUnits);
    return layers * ofBlock + 2.0 * width * vocabulary;
  }
}
