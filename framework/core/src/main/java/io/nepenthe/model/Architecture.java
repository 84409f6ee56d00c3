package io.nepenthe.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One kind of model: how its {@code config.json} reads, what its folder calls its tensors, and what
 * model a task of some size gets. {@link Architectures} finds it; nothing else needs to know it.
 */
public interface Architecture {
  /** Returns the {@code model_type} of its {@code config.json}. */
  String type();

  /**
   * Returns the kinds of model that one line of the registry adds: this one, and its kin that
   * differ too little to be written twice.
   */
  default List<Architecture> family() {
    return List.of(this);
  }

  /**
   * Returns true if a {@code config.json} without a {@code model_type}, as early models have, can
   * be of this architecture only: it names its classes, or sizes that no other has.
   */
  default boolean isMeantBy(JsonNode config) {
    return false;
  }

  /** Returns its name, as reports print it. */
  String name();

  /**
   * Returns a model of the given size, configured as the paper configures the models it trains.
   *
   * @throws IllegalArgumentException if there is none of that size
   */
  LanguageModel model(ModelSize size);

  /**
   * Returns the model that a {@code config.json} describes.
   *
   * @throws IllegalArgumentException naming the key, if it says anything that would make other
   *     numbers of the same weights
   */
  LanguageModel model(JsonNode config);

  /**
   * Returns the model of a task for which a suite gives the configuration, in the words of {@code
   * config.json}; vocabulary and longest row are the task's.
   *
   * @throws IllegalArgumentException as {@link #model(JsonNode)} does
   */
  default LanguageModel model(ObjectNode config, int vocabulary, int positions) {
    return model(
        config.deepCopy().put("vocab_size", vocabulary).put("max_position_embeddings", positions));
  }

  /** Returns the {@code config.json} of a model, without special ids and the type of numbers. */
  ObjectNode config(LanguageModel model);

  /** Returns the ids a tokenizer reserves, as far as the vocabulary has them. */
  SpecialIds specialIds(JsonNode config);

  /**
   * Returns settings that only a training elsewhere would heed, like dropout, with their values.
   */
  List<String> unusedSettings(JsonNode config);

  /** Returns what a folder calls the tensors of a model. */
  StoredNames storedNames(LanguageModel model);
}
