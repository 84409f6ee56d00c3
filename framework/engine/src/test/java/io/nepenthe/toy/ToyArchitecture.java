package io.nepenthe.toy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.StoredNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of model that only the tests know, by one line in {@code META-INF/services}. */
public final class ToyArchitecture implements Architecture {
  static final String TYPE = "toy";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String name() {
    return "Toy";
  }

  @Override
  public LanguageModel model(ModelSize size) {
    return new ToyModel(size);
  }

  @Override
  public LanguageModel model(JsonNode config) {
    return new ToyModel(
        new ModelSize(
            config.path("ids").asInt(),
            config.path("rows").asInt(),
            config.path("size").asInt(),
            config.path("depth").asInt(),
            1));
  }

  @Override
  public ObjectNode config(LanguageModel model) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("model_type", TYPE)
        .put("ids", model.vocabulary())
        .put("rows", model.positions())
        .put("size", model.width())
        .put("depth", model.layers());
  }

  @Override
  public SpecialIds specialIds(JsonNode config) {
    return SpecialIds.NONE;
  }

  @Override
  public List<String> unusedSettings(JsonNode config) {
    return List.of();
  }

  @Override
  public StoredNames storedNames(LanguageModel model) {
    return new StoredNames() {
      @Override
      public List<String> of(String tensor) {
        return List.of(tensor);
      }

      @Override
      public Map<String, String> copies() {
        return Map.of();
      }

      @Override
      public boolean isConstant(String stored) {
        return false;
      }

      @Override
      public Optional<String> refusal(String stored) {
        return Optional.of("is unknown");
      }
    };
  }
}
