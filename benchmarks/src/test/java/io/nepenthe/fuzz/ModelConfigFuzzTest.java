package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.testkit.TinyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** config.json of a model. */
class ModelConfigFuzzTest extends ParserProperties {
  /** What a model of this kind may say in other words. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "hidden_size", "n_embd",
          "num_hidden_layers", "n_layer",
          "num_attention_heads", "n_head",
          "max_position_embeddings", "n_positions");

  /** What makes other numbers of the same weights, and is not computed here. */
  private static final List<String> NOT_COMPUTED =
      List.of("scale_attn_by_inverse_layer_idx", "add_cross_attention");

  /** What is said, and not used where nothing is trained. */
  private static final List<String> DROPOUTS = List.of("embd_pdrop", "resid_pdrop", "attn_pdrop");

  private static boolean isProbability(JsonNode said) {
    return said.isNumber() && said.doubleValue() >= 0 && said.doubleValue() <= 1;
  }

  @Override
  List<byte[]> whole() throws IOException {
    Path folder = Files.createTempDirectory("nepenthe-fuzz-model");
    TinyFixture tiny = TinyFixture.trained();
    ModelFolder.write(folder, tiny.model(), tiny.original(), SpecialIds.NONE);
    byte[] whole = Files.readAllBytes(folder.resolve("config.json"));
    io.nepenthe.files.Folders.delete(folder);
    return List.of(whole);
  }

  @Override
  List<String> words() {
    return List.of(
        "\"gpt2\"",
        "\"gpt_neox\"",
        "\"n_head\":",
        "2147483647",
        "\"gelu\"",
        "0.5",
        "\"hidden_size\": 7, ",
        "\"num_hidden_layers\": 1, ",
        "\"add_cross_attention\": true, ",
        "\"scale_attn_by_inverse_layer_idx\": true, ",
        "\"scale_attn_weights\": false, ");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_CHECKPOINT);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Files.write(place.resolve("config.json"), file);
    LanguageModel read = ModelFolder.readModel(place);
    ObjectNode known = read.architecture().config(read);
    known.remove("architectures"); // model_type says which
    JsonNode said = Said.json(file);
    known.remove(DROPOUTS.stream().filter(each -> isProbability(said.path(each))).toList());
    for (Map.Entry<String, JsonNode> each : known.properties()) {
      if (said.has(each.getKey())) {
        Said.require(said.get(each.getKey()), each.getValue(), each.getKey());
      }
    }
    ALIASES.forEach((alias, name) -> Said.require(said.path(alias), known.path(name), alias));
    for (String each : NOT_COMPUTED) {
      assertFalse(said.path(each).asBoolean(), each + " is passed over");
    }
  }
}
