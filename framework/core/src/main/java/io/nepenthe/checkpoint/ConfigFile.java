package io.nepenthe.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** A folder's {@code config.json}, whose {@code model_type} chooses the architecture. */
final class ConfigFile {
  static final String NAME = "config.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FLOAT32 = "float32";

  /** Names under which a configuration says of what type the numbers are. */
  private static final List<String> TYPE_NAMES = List.of("torch_dtype", "dtype");

  private final Path file;
  private final JsonNode json;
  private final Architecture architecture;

  private ConfigFile(Path file, JsonNode json, Architecture architecture) {
    this.file = file;
    this.json = json;
    this.architecture = architecture;
  }

  static ConfigFile read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw BadModel.of(file, "is missing; give a Hugging Face model folder");
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      String type = json == null ? "" : json.path("model_type").asText();
      Architecture architecture = Architectures.find(type).orElseThrow(() -> unknown(file, type));
      if (json.hasNonNull("quantization_config")) {
        throw BadModel.of(file, "a quantized model is not supported; save it as float32");
      }
      return new ConfigFile(file, json, architecture);
    } catch (IOException e) {
      throw BadModel.of(file, "cannot be read as JSON; give a Hugging Face model folder", e);
    }
  }

  private static RuntimeException unknown(Path file, String type) {
    return BadModel.of(
        file,
        "model_type is '"
            + type
            + "'; give a Hugging Face folder of one of these: "
            + String.join(", ", Architectures.types()));
  }

  LanguageModel model() {
    return asked(Architecture::model);
  }

  SpecialIds specialIds() {
    return asked(Architecture::specialIds);
  }

  List<String> unusedSettings() {
    return asked(Architecture::unusedSettings);
  }

  private <T> T asked(BiFunction<Architecture, JsonNode, T> question) {
    try {
      return question.apply(architecture, json);
    } catch (IllegalArgumentException e) {
      throw BadModel.of(file, e.getMessage(), e);
    }
  }

  /** Writes a configuration of float32 numbers. */
  static void write(Path folder, LanguageModel model, SpecialIds ids) throws IOException {
    ObjectNode json = model.architecture().config(model).put(TYPE_NAMES.get(0), FLOAT32);
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
