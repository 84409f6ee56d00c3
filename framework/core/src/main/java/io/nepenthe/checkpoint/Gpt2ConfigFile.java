package io.nepenthe.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.model.Activation;
import io.nepenthe.model.Gpt2;
import io.nepenthe.model.Gpt2Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The {@code config.json} of a GPT-2, as Hugging Face's GPT2Config reads and writes it. */
final class Gpt2ConfigFile {
  static final String NAME = "config.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FLOAT32 = "float32";

  /** Names under which a configuration says of what type the numbers are. */
  private static final List<String> TYPE_NAMES = List.of("torch_dtype", "dtype");

  private static final List<String> DROPOUTS = List.of("embd_pdrop", "resid_pdrop", "attn_pdrop");

  /** What GPT2Config takes where a file says nothing. */
  private static final int DEFAULT_SPECIAL_ID = 50256;

  private final Path file;
  private final JsonNode json;

  private Gpt2ConfigFile(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  /** Reads a folder's file, refusing all that would make other numbers of the same weights. */
  static Gpt2ConfigFile read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw BadModel.of(file, "is missing; give a Hugging Face model folder");
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (json == null || !"gpt2".equals(json.path("model_type").asText())) {
        throw BadModel.of(file, "model_type is not 'gpt2'; give a GPT-2 style Hugging Face folder");
      }
      Gpt2ConfigFile config = new Gpt2ConfigFile(file, json);
      config.require("tie_word_embeddings", true);
      config.require("scale_attn_weights", true);
      config.require("scale_attn_by_inverse_layer_idx", false);
      config.require("add_cross_attention", false);
      if (json.hasNonNull("quantization_config")) {
        throw BadModel.of(file, "a quantized model is not supported; save it as float32");
      }
      return config;
    } catch (IOException e) {
      throw BadModel.of(file, "cannot be read as JSON; give a Hugging Face model folder", e);
    }
  }

  /** Returns the architecture. */
  Gpt2 model() {
    try {
      Gpt2Config config = config();
      double width = config.width();
      double ofBlocks = config.layers() * width * (4 * width + 2.0 * config.hiddenUnits());
      double most = ofBlocks + width * ((double) config.vocabulary() + config.positions());
      if (most > Integer.MAX_VALUE) {
        throw BadModel.of(file, "more than " + Integer.MAX_VALUE + " weights are not supported");
      }
      return new Gpt2(config);
    } catch (IllegalArgumentException e) {
      throw BadModel.of(file, e.getMessage(), e);
    }
  }

  /** Returns the ids a tokenizer reserves, as far as the vocabulary has them. */
  Gpt2Folder.SpecialIds ids() {
    return new Gpt2Folder.SpecialIds(
        id("bos_token_id", DEFAULT_SPECIAL_ID),
        id("eos_token_id", DEFAULT_SPECIAL_ID),
        id("pad_token_id", -1));
  }

  /** Returns the settings of dropout that are not 0, each with its value. */
  List<String> dropouts() {
    return DROPOUTS.stream()
        .filter(name -> json.path(name).asDouble() != 0)
        .map(name -> name + " " + json.path(name))
        .toList();
  }

  private void require(String name, boolean needed) {
    if (json.path(name).asBoolean(needed) != needed) {
      throw BadModel.of(file, name + " is " + !needed + ", must be " + needed);
    }
  }

  private Gpt2Config config() {
    String activation = json.path("activation_function").asText("gelu_new");
    int width = integer("n_embd", "hidden_size", 768);
    return new Gpt2Config(
        integer("vocab_size", "vocab_size", 50257),
        integer("n_positions", "max_position_embeddings", 1024),
        width,
        integer("n_layer", "num_hidden_layers", 12),
        integer("n_head", "num_attention_heads", 12),
        integer("n_inner", "n_inner", (int) Math.min(4L * width, Integer.MAX_VALUE)),
        Activation.find(activation)
            .orElseThrow(
                () ->
                    BadModel.of(
                        file,
                        "activation_function '"
                            + activation
                            + "' is not supported; these are: "
                            + String.join(", ", Activation.names()))),
        epsilon());
  }

  /** Returns the value of either of the two names GPT2Config knows it by. */
  private int integer(String name, String alias, int otherwise) {
    String given = json.has(name) ? name : alias;
    JsonNode value = json.path(given);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw BadModel.of(file, given + " is " + value + ", must be a whole number");
    }
    return value.intValue();
  }

  private double epsilon() {
    JsonNode value = json.path("layer_norm_epsilon");
    if (value.isMissingNode() || value.isNull()) {
      return 1e-5;
    }
    if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() < 1)) {
      throw BadModel.of(file, "layer_norm_epsilon is " + value + ", must be in [0, 1)");
    }
    return value.doubleValue();
  }

  private int id(String name, int otherwise) {
    int id = json.has(name) ? json.path(name).asInt(-1) : otherwise;
    return id < config().vocabulary() ? id : -1;
  }

  /** Writes a configuration of float32 numbers. */
  static void write(Path folder, Gpt2Config config, Gpt2Folder.SpecialIds ids) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("model_type", "gpt2").putArray("architectures").add("GPT2LMHeadModel");
    json.put("vocab_size", config.vocabulary())
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
        .put("tie_word_embeddings", true)
        .put("torch_dtype", FLOAT32);
    putId(json, "bos_token_id", ids.begin());
    putId(json, "eos_token_id", ids.end());
    putId(json, "pad_token_id", ids.padding());
    write(folder, json);
  }

  private static void putId(ObjectNode json, String name, int id) {
    if (id >= 0) {
      json.put(name, id);
    } else {
      json.putNull(name);
    }
  }

  /** Makes a configuration say that the numbers are float32, if it says anything else. */
  static void nameFloat32(Path folder) throws IOException {
    if (JSON.readTree(folder.resolve(NAME).toFile()) instanceof ObjectNode config
        && namesAnotherType(config)) {
      TYPE_NAMES.stream().filter(config::has).forEach(name -> config.put(name, FLOAT32));
      write(folder, config);
    }
  }

  private static boolean namesAnotherType(JsonNode config) {
    return TYPE_NAMES.stream().anyMatch(name -> !FLOAT32.equals(config.path(name).asText(FLOAT32)));
  }

  private static void write(Path folder, ObjectNode config) throws IOException {
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
    AtomicFiles.write(folder.resolve(NAME), text);
  }
}
