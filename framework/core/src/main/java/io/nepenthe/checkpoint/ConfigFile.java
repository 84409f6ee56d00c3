package io.nepenthe.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.model.Architecture;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A folder's {@code config.json}, whose {@code model_type} chooses the architecture; the first
 * models were written without one.
 */
final class ConfigFile {
  static final String NAME = "config.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "model_type";
  private static final String TIED = "tie_word_embeddings";

  private static final String NUMBERS = "torch_dtype";

  private final Path file;
  private final JsonNode json;
  private final Architecture architecture;

  private ConfigFile(Path file, JsonNode json, Architecture architecture) {
    this.file = file;
    this.json = json;
    this.architecture = architecture;
  }

  static ConfigFile read(Path folder) {
    requireWhole(folder);
    Path file = folder.resolve(NAME);
    if (!FolderFile.isThere(file)) {
      throw BadModel.of(
          file, "is missing; give a Hugging Face model folder" + ModelsBelow.hint(folder));
    }
    JsonNode json = FolderFile.json(file);
    Architecture architecture =
        (json.hasNonNull(TYPE)
                ? Architectures.find(json.path(TYPE).asText())
                : Architectures.meantBy(json))
            .orElseThrow(() -> unknown(file, json));
    if (json.hasNonNull("quantization_config")) {
      throw BadModel.of(file, "a quantized model is not supported; save it as float32");
    }
    ConfigFile config = new ConfigFile(file, json, architecture);
    config.requireReadable();
    return config;
  }

  /** Refuses what only some readers of a folder ask for, whoever reads it. */
  private void requireReadable() {
    isTied();
    unusedSettings();
  }

  private static void requireWhole(Path folder) {
    try {
      if (Folders.isUnfinished(folder)) {
        throw BadModel.of(
            folder, "is half-filled, by a command that was ended; empty it, and run that again");
      }
    } catch (IOException e) {
      throw BadModel.unreadable(folder, e);
    }
  }

  private static RuntimeException unknown(Path file, JsonNode json) {
    String types = String.join(", ", Architectures.types());
    return BadModel.of(
        file,
        json.hasNonNull(TYPE)
            ? "model_type is '"
                + json.path(TYPE).asText()
                + "'; give a Hugging Face folder of one of these: "
                + types
            : "has no model_type, and tells by nothing else what the model is; add it, if it is one of"
                + " these: "
                + types);
  }

  /** Returns false if the head is said to be stored, where it could be the token embedding. */
  boolean isTied() {
    JsonNode tied = json.path(TIED);
    if (!tied.isMissingNode() && !tied.isNull() && !tied.isBoolean()) {
      throw BadModel.of(file, TIED + " is " + tied + ", must be true or false");
    }
    return tied.asBoolean(true);
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

  /** Writes a configuration of numbers of a type. */
  static void write(Path folder, LanguageModel model, SpecialIds ids, FloatType type)
      throws IOException {
    ObjectNode json = model.architecture().config(model).put(NUMBERS, type.inConfig());
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

  private static void write(Path folder, ObjectNode config) throws IOException {
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
    AtomicFiles.write(folder.resolve(NAME), text);
  }
}
