package io.nepenthe.model.gptneox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.ConfigValues;
import io.nepenthe.model.DecoderNames;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Rotary;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.StoredNames;
import java.util.List;

/**
 * GPT-NeoX as Hugging Face's GPTNeoXForCausalLM stores it. A model of a suite's task is configured
 * as Pythia is, with four times as many hidden units as the width, unless the suite gives its
 * configuration; it begins with values drawn as Pythia's.
 */
public final class GptNeoXArchitecture implements Architecture {
  private static final String TYPE = "gpt_neox";
  private static final List<String> DROPOUTS = List.of("attention_dropout", "hidden_dropout");

  /** Causal masks and frequencies, which old checkpoints keep with the weights. */
  private static final String CONSTANTS =
      "layers\\.\\d+\\.attention\\.(bias|masked_bias|rotary_emb\\.inv_freq)"
          + "|rotary_emb\\.inv_freq";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String name() {
    return "GPT-NeoX";
  }

  @Override
  public LanguageModel model(ModelSize size) {
    return new GptNeoX(GptNeoXConfig.pythia(size));
  }

  @Override
  public LanguageModel model(JsonNode json) {
    GptNeoXConfig config = config(new ConfigValues(json));
    double width = config.width();
    ConfigValues.requireAffordable(
        config.layers(),
        config.layers() * width * (4 * width + 2.0 * config.hiddenUnits())
            + 2 * width * config.vocabulary());
    return new GptNeoX(config);
  }

  /** Reads a file; what it leaves out is as GPTNeoXConfig has it. */
  private static GptNeoXConfig config(ConfigValues values) {
    return new GptNeoXConfig(
        values.integer("vocab_size", 50432),
        values.integer("max_position_embeddings", 2048),
        values.integer("hidden_size", 6144),
        values.integer("num_hidden_layers", 44),
        values.integer("num_attention_heads", 64),
        values.integer("intermediate_size", 24576),
        values.activation("hidden_act", "gelu"),
        values.epsilon("layer_norm_eps", 1e-5),
        Rotary.readShare(values, GptNeoXConfig.ROTARY_SHARE, "rotary_pct", "partial_rotary_factor"),
        Rotary.readBase(values, "rotary_emb_base", "rope_theta"),
        Rotary.readScaling(values),
        values.flag("use_parallel_residual", true),
        values.flag("attention_bias", true),
        values.flag("tie_word_embeddings", false));
  }

  @Override
  public ObjectNode config(LanguageModel model) {
    GptNeoXConfig config = ((GptNeoX) model).config();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model_type", TYPE).putArray("architectures").add("GPTNeoXForCausalLM");
    json.put("vocab_size", config.vocabulary())
        .put("max_position_embeddings", config.positions())
        .put("hidden_size", config.width())
        .put("num_hidden_layers", config.layers())
        .put("num_attention_heads", config.heads())
        .put("intermediate_size", config.hiddenUnits())
        .put("hidden_act", config.activation().id())
        .put("layer_norm_eps", config.epsilon())
        .put("rotary_pct", config.rotaryShare())
        .put("rotary_emb_base", config.rotaryBase())
        .put("use_parallel_residual", config.isParallel())
        .put("attention_bias", config.hasAttentionBias())
        .put("attention_dropout", 0.0)
        .put("hidden_dropout", 0.0)
        .put("tie_word_embeddings", config.isTied());
    config.rotary().writeScaling(json);
    return json;
  }

  @Override
  public SpecialIds specialIds(JsonNode json) {
    ConfigValues values = new ConfigValues(json);
    int vocabulary = config(values).vocabulary();
    return new SpecialIds(
        values.id("bos_token_id", 0, vocabulary),
        values.id("eos_token_id", 2, vocabulary),
        values.id("pad_token_id", -1, vocabulary));
  }

  @Override
  public List<String> unusedSettings(JsonNode json) {
    return new ConfigValues(json).notZero(DROPOUTS);
  }

  @Override
  public StoredNames storedNames(LanguageModel model) {
    return new DecoderNames(
        model,
        GptNeoX.PREFIX,
        GptNeoX.TOKEN_EMBEDDING,
        GptNeoX.HEAD,
        "layers",
        CONSTANTS,
        "num_hidden_layers");
  }
}
