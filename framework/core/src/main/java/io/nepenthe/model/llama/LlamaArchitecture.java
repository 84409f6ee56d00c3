package io.nepenthe.model.llama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.ConfigValues;
import io.nepenthe.model.DecoderNames;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.StoredNames;
import java.util.Arrays;
import java.util.List;

/**
 * Llama, Mistral, Qwen2, Qwen3 and OLMo 2 as Hugging Face's classes store them. A model of a
 * suite's task has half as many heads of keys and values as of queries, 8/3 as many hidden units as
 * the width, and a head of its own, unless the suite gives its configuration; it begins with values
 * of deviation 0.02.
 */
public final class LlamaArchitecture implements Architecture {
  /** Frequencies, which old checkpoints keep with the weights. */
  private static final String CONSTANTS =
      "layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq|rotary_emb\\.inv_freq";

  private final LlamaKind kind;

  /** Makes Llama itself, for the registry. */
  public LlamaArchitecture() {
    this(LlamaKind.LLAMA);
  }

  LlamaArchitecture(LlamaKind kind) {
    this.kind = kind;
  }

  @Override
  public List<Architecture> family() {
    return Arrays.stream(LlamaKind.values()).<Architecture>map(LlamaArchitecture::new).toList();
  }

  @Override
  public String type() {
    return kind.type();
  }

  @Override
  public String name() {
    return kind.label();
  }

  @Override
  public LanguageModel model(ModelSize size) {
    return new Llama(LlamaConfig.of(kind, size));
  }

  @Override
  public LanguageModel model(JsonNode json) {
    LlamaConfig config = new LlamaConfigJson(kind, json).config();
    ConfigValues.requireAffordable(config.layers(), config.weights());
    return new Llama(config);
  }

  @Override
  public ObjectNode config(LanguageModel model) {
    return LlamaConfigJson.of(((Llama) model).config());
  }

  @Override
  public SpecialIds specialIds(JsonNode json) {
    return new LlamaConfigJson(kind, json).ids();
  }

  @Override
  public List<String> unusedSettings(JsonNode json) {
    return new LlamaConfigJson(kind, json).dropouts();
  }

  @Override
  public StoredNames storedNames(LanguageModel model) {
    return new DecoderNames(
        model,
        Llama.PREFIX,
        Llama.TOKEN_EMBEDDING,
        Llama.HEAD,
        "layers",
        CONSTANTS,
        "num_hidden_layers");
  }
}
