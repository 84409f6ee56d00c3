package io.nepenthe.checkpoint;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.model.Activation;
import io.nepenthe.model.Gpt2;
import io.nepenthe.model.Gpt2Config;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A GPT-2 style model as a Hugging Face folder: {@code config.json} and {@code model.safetensors}.
 *
 * <p>What this class writes, transformers' GPT2LMHeadModel loads; what that writes, this class
 * reads (names with or without the {@code transformer.} prefix, a tied head, no attention
 * variants).
 */
public final class Gpt2Folder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "transformer.";
  private static final String CONFIG = "config.json";
  private static final String VALUES = "model.safetensors";
  private static final String FLOAT32 = "float32";

  /** Names under which a configuration says of what type the numbers are. */
  private static final List<String> TYPE_NAMES = List.of("torch_dtype", "dtype");

  /** Files beside the weights that are as true of other weights. */
  private static final List<String> CARRIED =
      List.of(
          CONFIG,
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt");

  private Gpt2Folder() {}

  /** A model read from a folder; the caller closes the weights. */
  public record Loaded(Gpt2 model, Weights weights) implements AutoCloseable {
    @Override
    public void close() {
      weights.close();
    }
  }

  /** Writes configuration and weights; special ids below 0 are left out. */
  public static void write(Path folder, Gpt2 model, float[] values, SpecialIds ids)
      throws IOException {
    Files.createDirectories(folder);
    writeValues(folder, model, values);
    writeConfig(folder, config(model.config(), ids));
  }

  /**
   * Writes other weights of the model in {@code source}. Its configuration stays as it is, but for
   * the type of the numbers, which is float32 here; a tokenizer is taken along.
   */
  public static void writeLike(Path source, Path folder, Gpt2 model, float[] values)
      throws IOException {
    Files.createDirectories(folder);
    writeValues(folder, model, values);
    for (String file : CARRIED) {
      if (Files.isRegularFile(source.resolve(file))) {
        Files.copy(source.resolve(file), folder.resolve(file));
      }
    }
    if (JSON.readTree(folder.resolve(CONFIG).toFile()) instanceof ObjectNode config
        && namesAnotherType(config)) {
      TYPE_NAMES.stream().filter(config::has).forEach(name -> config.put(name, FLOAT32));
      writeConfig(folder, config);
    }
  }

  private static boolean namesAnotherType(JsonNode config) {
    return TYPE_NAMES.stream().anyMatch(name -> !FLOAT32.equals(config.path(name).asText(FLOAT32)));
  }

  private static void writeConfig(Path folder, ObjectNode config) throws IOException {
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
    AtomicFiles.write(folder.resolve(CONFIG), text);
  }

  private static void writeValues(Path folder, Gpt2 model, float[] values) throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (TensorSpec tensor : model.layout().tensors()) {
      int from = Math.toIntExact(tensor.offset());
      float[] part = Arrays.copyOfRange(values, from, from + Math.toIntExact(tensor.size()));
      tensors.put(tensor.name(), new Safetensors.Tensor(tensor.dimensions(), part));
    }
    Safetensors.write(folder.resolve(VALUES), tensors);
  }

  /** The ids a tokenizer reserves; -1 where there is none. */
  public record SpecialIds(int begin, int end, int padding) {
    /** No special ids. */
    public static final SpecialIds NONE = new SpecialIds(-1, -1, -1);
  }

  private static ObjectNode config(Gpt2Config config, SpecialIds ids) {
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
    return json;
  }

  private static void putId(ObjectNode json, String name, int id) {
    if (id >= 0) {
      json.put(name, id);
    } else {
      json.putNull(name);
    }
  }

  /** Reads the architecture of a folder. */
  public static Gpt2 readModel(Path folder) {
    Path file = folder.resolve(CONFIG);
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (json == null || !"gpt2".equals(json.path("model_type").asText())) {
        throw bad(file, "model_type is not 'gpt2'; give a GPT-2 style Hugging Face folder", null);
      }
      if (!json.path("tie_word_embeddings").asBoolean(true)
          || !json.path("scale_attn_weights").asBoolean(true)
          || json.path("scale_attn_by_inverse_layer_idx").asBoolean(false)) {
        throw bad(file, "an untied head or another attention scaling is not supported", null);
      }
      return new Gpt2(config(file, json));
    } catch (IOException e) {
      throw bad(file, "cannot be read as JSON; give a Hugging Face model folder", e);
    } catch (IllegalArgumentException e) {
      throw bad(file, e.getMessage(), e);
    }
  }

  private static Gpt2Config config(Path file, JsonNode json) {
    String activation = json.path("activation_function").asText("gelu_new");
    int width = json.path("n_embd").asInt(768);
    return new Gpt2Config(
        json.path("vocab_size").asInt(50257),
        json.path("n_positions").asInt(1024),
        width,
        json.path("n_layer").asInt(12),
        json.path("n_head").asInt(12),
        json.path("n_inner").asInt(4 * width),
        Activation.find(activation)
            .orElseThrow(
                () -> bad(file, "activation_function '" + activation + "' is not supported", null)),
        json.path("layer_norm_epsilon").asDouble(1e-5));
  }

  /** Reads a folder; the weights belong to a sub-manager of {@code parent}. */
  public static Loaded read(Path folder, NDManager parent) {
    Gpt2 model = readModel(folder);
    return new Loaded(model, Weights.of(model.layout(), parent, readValues(folder, model)));
  }

  /** Reads the values of a folder in model order, checking names, shapes and finiteness. */
  public static float[] readValues(Path folder, Gpt2 model) {
    Path file = folder.resolve(VALUES);
    if (!Files.isRegularFile(file)) {
      throw bad(file, "is missing; save the model as safetensors", null);
    }
    Map<String, Safetensors.Tensor> tensors = Safetensors.read(file);
    float[] values = new float[Math.toIntExact(model.layout().size())];
    for (TensorSpec spec : model.layout().tensors()) {
      Safetensors.Tensor tensor = tensors.get(spec.name());
      if (tensor == null) {
        tensor = tensors.get(spec.name().substring(PREFIX.length()));
      }
      if (tensor == null || !Arrays.equals(tensor.shape(), spec.dimensions())) {
        throw bad(
            file,
            "tensor "
                + spec.name()
                + (tensor == null
                    ? " is missing"
                    : " has shape "
                        + Arrays.toString(tensor.shape())
                        + ", must be "
                        + spec.shape()),
            null);
      }
      requireFinite(file, spec.name(), tensor.values());
      System.arraycopy(
          tensor.values(), 0, values, Math.toIntExact(spec.offset()), tensor.values().length);
    }
    return values;
  }

  private static void requireFinite(Path file, String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw bad(file, "tensor " + name + " holds " + values[i] + " at entry " + i, null);
      }
    }
  }

  private static NepentheException bad(Path file, String what, Exception cause) {
    return new NepentheException(ErrorCode.BAD_CHECKPOINT, file + ": " + what, cause);
  }
}
