package io.nepenthe.fullsize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Writes folders of the exact shape of Pythias, as transformers names their parts, with random
 * float16 weights, in several files, holding a few megabytes at a time.
 */
final class PythiaFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DRAWN = 1 << Short.SIZE;
  private static final int PIECE = 1 << 22;
  private static final double DEVIATION = 0.02;
  private static final short ONE = bits(1);
  private static final long BYTES_OF_A_FILE = 2_000_000_000;

  private final long vocabulary;
  private final long width;
  private final int heads;
  private final int layers;
  private final Map<String, List<Long>> tensors = new LinkedHashMap<>();

  private PythiaFolder(long vocabulary, long width, int heads, int layers) {
    this.vocabulary = vocabulary;
    this.width = width;
    this.heads = heads;
    this.layers = layers;
    tensors.put("gpt_neox.embed_in.weight", List.of(vocabulary, width));
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "gpt_neox.layers." + layer + ".";
      addNorm(prefix + "input_layernorm");
      addNorm(prefix + "post_attention_layernorm");
      addMap(prefix + "attention.query_key_value", 3 * width, width);
      addMap(prefix + "attention.dense", width, width);
      addMap(prefix + "mlp.dense_h_to_4h", 4 * width, width);
      addMap(prefix + "mlp.dense_4h_to_h", width, 4 * width);
    }
    addNorm("gpt_neox.final_layer_norm");
    tensors.put("embed_out.weight", List.of(vocabulary, width));
  }

  /** Returns the shape of Pythia 2.8B, 32 layers in 5.6 GB, or of so many of its layers. */
  static PythiaFolder of2800M(int layers) {
    return new PythiaFolder(50_304, 2560, 32, layers);
  }

  /** Returns the shape of Pythia 6.9B, 32 layers in 13.7 GB, or of so many of its layers. */
  static PythiaFolder of6900M(int layers) {
    return new PythiaFolder(50_432, 4096, 32, layers);
  }

  private void addNorm(String name) {
    tensors.put(name + ".weight", List.of(width));
    tensors.put(name + ".bias", List.of(width));
  }

  private void addMap(String name, long outputs, long inputs) {
    tensors.put(name + ".weight", List.of(outputs, inputs));
    tensors.put(name + ".bias", List.of(outputs));
  }

  long vocabulary() {
    return vocabulary;
  }

  /** Returns the bytes of all weights. */
  long bytes() {
    return tensors.values().stream().mapToLong(PythiaFolder::bytes).sum();
  }

  private static long bytes(List<Long> shape) {
    return Short.BYTES * shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Writes it, a file for at most 2 GB of weights each. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config());
    Map<String, Integer> places = places();
    int files = 1 + places.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    IntFunction<String> name =
        file -> String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", file + 1, files);
    ObjectNode index = JSON.createObjectNode();
    index.putObject("metadata").put("total_size", bytes());
    ObjectNode map = index.putObject("weight_map");
    places.forEach((tensor, file) -> map.put(tensor, name.apply(file)));
    Files.writeString(folder.resolve("model.safetensors.index.json"), index.toPrettyString());
    for (int file = 0; file < files; file++) {
      int number = file;
      List<String> own =
          tensors.keySet().stream().filter(tensor -> places.get(tensor) == number).toList();
      writeFile(folder.resolve(name.apply(file)), own, new SplittableRandom(file));
    }
  }

  private String config() {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("GPTNeoXForCausalLM");
    return config
        .put("bos_token_id", 0)
        .put("eos_token_id", 0)
        .put("hidden_act", "gelu")
        .put("hidden_size", width)
        .put("initializer_range", DEVIATION)
        .put("intermediate_size", 4 * width)
        .put("layer_norm_eps", 1e-5)
        .put("max_position_embeddings", 2048)
        .put("model_type", "gpt_neox")
        .put("num_attention_heads", heads)
        .put("num_hidden_layers", layers)
        .put("rotary_emb_base", 10_000)
        .put("rotary_pct", 0.25)
        .put("tie_word_embeddings", false)
        .put("torch_dtype", "float16")
        .put("use_cache", true)
        .put("use_parallel_residual", true)
        .put("vocab_size", vocabulary)
        .toPrettyString();
  }

  private Map<String, Integer> places() {
    Map<String, Integer> places = new LinkedHashMap<>();
    int file = 0;
    long filled = 0;
    for (Map.Entry<String, List<Long>> tensor : tensors.entrySet()) {
      long size = bytes(tensor.getValue());
      if (filled > 0 && filled + size > BYTES_OF_A_FILE) {
        file++;
        filled = 0;
      }
      filled += size;
      places.put(tensor.getKey(), file);
    }
    return places;
  }

  private void writeFile(Path file, List<String> names, SplittableRandom random)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long end = 0;
    for (String name : names) {
      ObjectNode tensor = header.putObject(name).put("dtype", "F16");
      tensors.get(name).forEach(tensor.putArray("shape")::add);
      tensor.putArray("data_offsets").add(end).add(end + bytes(tensors.get(name)));
      end += bytes(tensors.get(name));
    }
    String text = header.toString();
    byte[] padded =
        (text + " ".repeat(7 - (text.length() + 7) % 8)).getBytes(StandardCharsets.UTF_8);
    short[] drawn = drawn(random);
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(out, piece.putLong(padded.length).put(padded).flip());
      for (String name : names) {
        for (long left = bytes(tensors.get(name)); left > 0; left -= piece.limit()) {
          piece.clear().limit((int) Math.min(PIECE, left));
          fill(piece, name, drawn, random);
          write(out, piece.rewind());
        }
      }
    }
  }

  /** Matrices and biases are drawn; gains are 1. */
  private static void fill(ByteBuffer piece, String name, short[] drawn, SplittableRandom random) {
    boolean isGain = name.endsWith("norm.weight");
    for (int at = 0; at < piece.limit(); at += Short.BYTES) {
      piece.putShort(at, isGain ? ONE : drawn[random.nextInt() >>> Short.SIZE]);
    }
  }

  private static short[] drawn(SplittableRandom random) {
    short[] drawn = new short[DRAWN];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = bits((float) random.nextGaussian(0, DEVIATION));
    }
    return drawn;
  }

  private static short bits(float value) {
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES);
    FloatType.FLOAT16.put(bytes, 0, value);
    return bytes.getShort(0);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
