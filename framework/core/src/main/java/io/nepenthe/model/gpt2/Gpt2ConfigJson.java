package io.nepenthe.model.gpt2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.ConfigValues;
import io.nepenthe.model.SpecialIds;
import java.util.List;

/** The {@code config.json} of a GPT-2, as Hugging Face's GPT2Config reads and writes it. */
final class Gpt2ConfigJson {
  private static final List<String> DROPOUTS = List.of("embd_pdrop", "resid_pdrop", "attn_pdrop");

  /** What GPT2Config takes where a file says nothing. */
  private static final int DEFAULT_SPECIAL_ID = 50256;

  private final ConfigValues values;

  /** Refuses all that would make other numbers of the same weights. */
  Gpt2ConfigJson(JsonNode json) {
    this.values = new ConfigValues(json);
    values.require("scale_attn_weights", true);
    values.require("scale_attn_by_inverse_layer_idx", false);
    values.require("add_cross_attention", false);
  }

  /** Returns the configuration of a model that is not absurdly large. */
  Gpt2Config config() {
    Gpt2Config config = anySize();
    double width = config.width();
    double ofBlocks = config.layers() * width * (4 * width + 2.0 * config.hiddenUnits());
    double all = ofBlocks + width * ((double) config.vocabulary() + config.positions());
    ConfigValues.requireAffordable(config.layers(), all);
    return config;
  }

  /** Returns the ids a tokenizer reserves, as far as the vocabulary has them. */
  SpecialIds ids() {
    return new SpecialIds(
        id("bos_token_id", DEFAULT_SPECIAL_ID),
        id("eos_token_id", DEFAULT_SPECIAL_ID),
        id("pad_token_id", -1));
  }

  private int id(String name, int otherwise) {
    return values.id(name, otherwise, anySize().vocabulary());
  }

  /** Returns the settings of dropout that are not 0, each with its value. */
  List<String> dropouts() {
    return values.notZero(DROPOUTS);
  }

  private Gpt2Config anySize() {
    int width = integer("n_embd", "hidden_size", 768);
    return new Gpt2Config(
        integer("vocab_size", "vocab_size", 50257),
        integer("n_positions", "max_position_embeddings", 1024),
        width,
        integer("n_layer", "num_hidden_layers", 12),
        integer("n_head", "num_attention_heads", 12),
        integer("n_inner", "n_inner", (int) Math.min(4L * width, Integer.MAX_VALUE)),
        values.activation("activation_function", "gelu_new"),
        values.epsilon("layer_norm_epsilon", 1e-5));
  }

  /** Returns the value of either of the two names GPT2Config knows it by; both must agree. */
  private int integer(String name, String alias, int otherwise) {
    Integer value = values.integer(name);
    Integer other = values.integer(alias);
    if (value != null && other != null && !value.equals(other)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", but " + alias + ", which means the same, is " + other);
    }
    return value != null ? value : other != null ? other : otherwise;
  }

  /** Returns what GPT2LMHeadModel needs to load a model. */
  static ObjectNode of(Gpt2Config config) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model_type", Gpt2Architecture.TYPE).putArray("architectures").add("GPT2LMHeadModel");
    return json.put("vocab_size", config.vocabulary())
        .put("n_positions", config.positions())
        .put("n_embd", config.width())
        .put("n_layer", config.layers())
        .put("n_head", config.heads())
        .put("n_inner", config.hiddenUnits())
        .put("activation_function", config.activation().id())
        .put("layer_norm_epsilon", config.epsilon())
        .put("embd_pdrop", 0.0)
        .put("resid_pdrop", 0.0)
        .put("attn_pdrop", 0.0)
        .put("scale_attn_weights", true)
        .put("tie_word_embeddings", true);
  }
}
