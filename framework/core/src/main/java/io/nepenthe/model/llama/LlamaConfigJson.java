package io.nepenthe.model.llama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.ConfigValues;
import io.nepenthe.model.Rotary;
import io.nepenthe.model.SpecialIds;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The {@code config.json} of a model of Llama's family, as Hugging Face's classes read and write
 * it.
 */
final class LlamaConfigJson {
  private static final String SLIDING = "sliding_attention";
  private static final List<String> LAYER_TYPES = List.of("full_attention", SLIDING);

  private final LlamaKind kind;
  private final ConfigValues values;

  LlamaConfigJson(LlamaKind kind, JsonNode json) {
    this.kind = kind;
    this.values = new ConfigValues(json);
  }

  LlamaConfig config() {
    int width = values.integer("hidden_size", 4096);
    int layers = values.integer("num_hidden_layers", 32);
    ConfigValues.requireAffordable(layers, 0);
    int window = window();
    List<Integer> windowed = windowed(layers);
    int heads = values.integer("num_attention_heads", 32);
    ConfigValues.require(heads >= 1, "num_attention_heads", heads, "at least 1");
    if (Rotary.readShare(values, 1, "partial_rotary_factor") != 1) {
      throw values.refused("partial_rotary_factor", "must be 1: heads are turned whole");
    }
    return new LlamaConfig(
        kind,
        values.integer("vocab_size", defaultVocabulary()),
        values.integer("max_position_embeddings", kind.defaults().positions()),
        window,
        window == 0 ? List.of() : windowed,
        width,
        layers,
        heads,
        orDefault("num_key_value_heads", kind.defaults().keyValueHeads(), heads),
        headSize(width, heads),
        values.integer("intermediate_size", defaultUnits()),
        values.activation("hidden_act", "silu"),
        values.epsilon("rms_norm_eps", kind.defaults().epsilon()),
        Rotary.readBase(values, "rope_theta"),
        Rotary.readScaling(values),
        kind.readsAttentionBias() && values.flag("attention_bias", false),
        kind == LlamaKind.LLAMA && values.flag("mlp_bias", false),
        values.flag("tie_word_embeddings", false));
  }

  /** Returns a number that null, and 0 as the default, leave to be derived. */
  private int orDefault(String name, int byKind, int derived) {
    int whereLeftOut = values.isNull(name) || byKind == 0 ? derived : byKind;
    return values.integer(name, whereLeftOut);
  }

  private int headSize(int width, int heads) {
    int derived = width / heads;
    int size = orDefault("head_dim", kind.defaults().headSize(), derived);
    if (values.lacks("head_dim") && size == derived) {
      ConfigValues.require(
          width % heads == 0, "hidden_size", width, "a multiple of num_attention_heads " + heads);
    }
    return size;
  }

  /** Returns the window of those layers that have one, 0 if none has. */
  private int window() {
    boolean mayHave =
        switch (kind) {
          case MISTRAL -> true;
          case QWEN2, QWEN3 -> values.flag("use_sliding_window", false);
          case LLAMA, OLMO2 -> false;
        };
    if (!mayHave || values.isNull("sliding_window")) {
      return 0;
    }
    int window = values.integer("sliding_window", 4096);
    ConfigValues.require(window >= 1, "sliding_window", window, "at least 1");
    return window;
  }

  private List<Integer> windowed(int layers) {
    List<String> types = kind == LlamaKind.MISTRAL ? List.of() : values.texts("layer_types");
    if (!types.isEmpty() && (types.size() != layers || !LAYER_TYPES.containsAll(types))) {
      throw values.refused("layer_types", "must name one of " + LAYER_TYPES + " for each layer");
    }
    int first = kind == LlamaKind.MISTRAL ? 0 : values.integer("max_window_layers", 28);
    return IntStream.range(0, layers)
        .filter(layer -> types.isEmpty() ? layer >= first : types.get(layer).equals(SLIDING))
        .boxed()
        .toList();
  }

  private int defaultVocabulary() {
    return switch (kind) {
      case LLAMA, MISTRAL -> 32000;
      case QWEN2, QWEN3 -> 151936;
      case OLMO2 -> 50304;
    };
  }

  private int defaultUnits() {
    return switch (kind) {
      case LLAMA, OLMO2 -> 11008;
      case MISTRAL -> 14336;
      case QWEN2, QWEN3 -> 22016;
    };
  }

  SpecialIds ids() {
    int vocabulary = config().vocabulary();
    return new SpecialIds(
        values.id("bos_token_id", kind.defaults().begin(), vocabulary),
        values.id("eos_token_id", kind.defaults().end(), vocabulary),
        values.id("pad_token_id", kind == LlamaKind.OLMO2 ? 1 : -1, vocabulary));
  }

  List<String> dropouts() {
    return values.notZero(List.of("attention_dropout"));
  }

  /** Returns what Hugging Face's class needs to load a model. */
  static ObjectNode of(LlamaConfig config) {
    LlamaKind kind = config.kind();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model_type", kind.type()).putArray("architectures").add(kind.modelClass());
    json.put("vocab_size", config.vocabulary())
        .put("max_position_embeddings", config.positions())
        .put("hidden_size", config.width())
        .put("num_hidden_layers", config.layers())
        .put("num_attention_heads", config.heads())
        .put("num_key_value_heads", config.keyValueHeads())
        .put("head_dim", config.headSize())
        .put("intermediate_size", config.hiddenUnits())
        .put("hidden_act", config.activation().id())
        .put("rms_norm_eps", config.epsilon())
        .put("rope_theta", config.rotaryBase())
        .put("attention_dropout", 0.0)
        .put("tie_word_embeddings", config.isTied());
    config.rotary().writeScaling(json);
    if (kind.readsAttentionBias()) {
      json.put("attention_bias", config.hasAttentionBias());
    }
    switch (kind) {
      case LLAMA -> json.put("mlp_bias", config.hasMlpBias());
      case MISTRAL, QWEN2, QWEN3 -> putWindow(json, config);
      case OLMO2 -> {}
    }
    return json;
  }

  private static void putWindow(ObjectNode json, LlamaConfig config) {
    if (config.window() == 0) {
      json.putNull("sliding_window");
    } else {
      json.put("sliding_window", config.window());
    }
    if (config.kind() != LlamaKind.MISTRAL) {
      json.put("use_sliding_window", config.window() != 0);
      json.put("max_window_layers", config.windowed().stream().findFirst().orElse(config.layers()));
      ArrayNode types = json.putArray("layer_types");
      for (int layer = 0; layer < config.layers(); layer++) {
        types.add(LAYER_TYPES.get(config.windowed().contains(layer) ? 1 : 0));
      }
    }
  }
}
