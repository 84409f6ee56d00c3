package io.nepenthe.model.gpt2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.DecoderNames;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.StoredNames;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * GPT-2 as Hugging Face's GPT2LMHeadModel stores it, with or without the {@code transformer.}
 * prefix. Refused is what would make other numbers of the same weights: a head that differs from
 * the token embedding, another scale of attention, cross attention. Dropout is none in use, and
 * {@code reorder_and_upcast_attn} changes nothing in float32.
 */
public final class Gpt2Architecture implements Architecture {
  static final String TYPE = "gpt2";
  private static final String HEAD = "lm_head.weight";

  /** Which old checkpoints keep with the weights. */
  private static final String CAUSAL_MASKS = "h\\.\\d+\\.attn\\.(bias|masked_bias)";

  private static final List<String> SIZES = List.of("n_embd", "n_layer", "n_head");
  private static final List<String> OF_SUCCESSORS =
      List.of("afn", "rotary_dim", "multi_query", "attention_types");

  @Override
  public String type() {
    return TYPE;
  }

  /**
   * {@inheritDoc} Named classes decide. The first models name none: they have GPT-2's names of
   * sizes, and what its successors with these names added is not among the keys. Tensors of another
   * model are refused by their names and shapes.
   */
  @Override
  public boolean isMeantBy(JsonNode config) {
    JsonNode classes = config.path("architectures");
    return classes.isEmpty()
        ? SIZES.stream().allMatch(config::hasNonNull)
            && OF_SUCCESSORS.stream().noneMatch(config::has)
        : StreamSupport.stream(classes.spliterator(), false)
            .allMatch(name -> name.asText().startsWith("GPT2"));
  }

  @Override
  public String name() {
    return "GPT-2";
  }

  @Override
  public LanguageModel model(ModelSize size) {
    return new Gpt2(
        Gpt2Config.tinyMem(
            size.vocabulary(), size.positions(), size.width(), size.layers(), size.heads()));
  }

  @Override
  public LanguageModel model(JsonNode config) {
    return new Gpt2(new Gpt2ConfigJson(config).config());
  }

  @Override
  public ObjectNode config(LanguageModel model) {
    return Gpt2ConfigJson.of(((Gpt2) model).config());
  }

  @Override
  public SpecialIds specialIds(JsonNode config) {
    return new Gpt2ConfigJson(config).ids();
  }

  @Override
  public List<String> unusedSettings(JsonNode config) {
    return new Gpt2ConfigJson(config).dropouts();
  }

  @Override
  public StoredNames storedNames(LanguageModel model) {
    return new DecoderNames(
        model, Gpt2.PREFIX, Gpt2.TOKEN_EMBEDDING, HEAD, "h", CAUSAL_MASKS, "n_layer");
  }
}
