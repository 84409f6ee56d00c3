package io.nepenthe.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.gpt2.Gpt2;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** A Hugging Face folder as others write it, byte by byte, without the classes under test. */
final class ForeignFolder {
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path folder;

  /** A tensor as it lies in a file. */
  static final class Stored {
    private final String type;
    private final long[] shape;
    private final byte[] data;

    Stored(String type, long[] shape, byte[] data) {
      this.type = type;
      this.shape = shape;
      this.data = data;
    }

    String type() {
      return type;
    }

    static Stored floats(long[] shape, float... values) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      return new Stored("F32", shape, bytes.array());
    }

    static Stored halves(String type, long[] shape, short... bits) {
      ByteBuffer bytes = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asShortBuffer().put(bits);
      return new Stored(type, shape, bytes.array());
    }
  }

  ForeignFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path path() {
    return folder;
  }

  /** Writes what transformers writes for a GPT-2. */
  void config(Gpt2 model) throws IOException {
    config(
        String.format(
            """
      {
        "activation_function": "%s",
        "architectures": ["GPT2LMHeadModel"],
        "attn_pdrop": 0.1,
        "bos_token_id": 50256,
        "embd_pdrop": 0.1,
        "eos_token_id": 50256,
        "initializer_range": 0.02,
        "layer_norm_epsilon": %s,
        "model_type": "gpt2",
        "n_ctx": 1024,
        "n_embd": %d,
        "n_head": %d,
        "n_inner": null,
        "n_layer": %d,
        "n_positions": %d,
        "reorder_and_upcast_attn": false,
        "resid_pdrop": 0.1,
        "scale_attn_by_inverse_layer_idx": false,
        "scale_attn_weights": true,
        "summary_activation": null,
        "summary_first_dropout": 0.1,
        "summary_proj_to_labels": true,
        "summary_type": "cls_index",
        "summary_use_proj": true,
        "task_specific_params": {"text-generation": {"do_sample": true, "max_length": 50}},
        "torch_dtype": "float32",
        "transformers_version": "4.30.0",
        "use_cache": true,
        "vocab_size": %d
      }
      """,
            model.config().activation().id(),
            model.config().epsilon(),
            model.width(),
            model.heads(),
            model.layers(),
            model.positions(),
            model.vocabulary()));
  }

  void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }

  /**
   * Replaces words of the configuration that are there. A setting that is named anew is so only
   * once.
   */
  void change(String words, String others) throws IOException {
    String json = Files.readString(folder.resolve("config.json"));
    if (!json.contains(words)) {
      throw new IllegalArgumentException(json + " has no " + words);
    }
    String changed = json.replace(words, others);
    config(saysOneTwice(changed) ? new ObjectMapper().readTree(changed).toPrettyString() : changed);
  }

  private static boolean saysOneTwice(String json) {
    try {
      STRICT.readTree(json);
      return false;
    } catch (JsonProcessingException e) {
      return e.getOriginalMessage().startsWith("Duplicate field");
    }
  }

  /** Returns the tensors of a model without the prefix of their names, as GPT2Model saves them. */
  static Map<String, Stored> tensors(Gpt2 model, float[] values) {
    Map<String, Stored> tensors = new LinkedHashMap<>();
    for (TensorSpec spec : model.layout().tensors()) {
      float[] part = new float[(int) spec.size()];
      System.arraycopy(values, (int) spec.offset(), part, 0, part.length);
      tensors.put(
          spec.name().substring("transformer.".length()), Stored.floats(spec.dimensions(), part));
    }
    return tensors;
  }

  void weights(Map<String, Stored> tensors) throws IOException {
    weights("model.safetensors", tensors);
  }

  void weights(String file, Map<String, Stored> tensors) throws IOException {
    StringJoiner header = new StringJoiner(",", "{", "}");
    int end = 0;
    for (Map.Entry<String, Stored> tensor : tensors.entrySet()) {
      StringJoiner shape = new StringJoiner(",", "[", "]");
      for (long dimension : tensor.getValue().shape) {
        shape.add(Long.toString(dimension));
      }
      int from = end;
      end += tensor.getValue().data.length;
      header.add(
          String.format(
              "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
              tensor.getKey(), tensor.getValue().type, shape, from, end));
    }
    String padded = header + " ".repeat(7 - (header.length() + 7) % 8);
    byte[] text = padded.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + end).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    tensors.values().forEach(tensor -> bytes.put(tensor.data));
    Files.write(folder.resolve(file), bytes.array());
  }

  /** Writes an index that says in which file each tensor is. */
  void index(Map<String, String> files) throws IOException {
    StringJoiner map = new StringJoiner(",", "{", "}");
    files.forEach((name, file) -> map.add("\"" + name + "\":\"" + file + "\""));
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"metadata\":{\"total_size\":1},\"weight_map\":" + map + "}");
  }
}
