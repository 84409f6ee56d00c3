package io.nepenthe.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nepenthe.checkpoint.ForeignFolder.Stored;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Activation;
import io.nepenthe.model.Tap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.model.gpt2.SlowGpt2;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models from elsewhere, written anew, and what of them is refused. */
final class ModelExchangeTest {
  @TempDir private Path folder;
  private final RandomGenerator random = new RandomStreams(3).stream("test");
  private final Gpt2 model = model(14, Activation.GELU_TANH);
  private final float[] values = values(model);
  private ForeignFolder foreign;
  private Map<String, Stored> tensors;

  @BeforeEach
  void write() throws IOException {
    foreign = new ForeignFolder(folder.resolve("foreign"));
    foreign.config(model);
    tensors = ForeignFolder.tensors(model, values);
    foreign.weights(tensors);
  }

  private static Gpt2 model(int vocabulary, Activation activation) {
    return new Gpt2(new Gpt2Config(vocabulary, 12, 8, 2, 2, 32, activation, 1e-3));
  }

  private float[] values(Gpt2 of) {
    float[] drawn = of.initialValues(random);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] += (float) (0.3 * random.nextGaussian()); // biases and gains count, too
    }
    return drawn;
  }

  private Path rewritten(Path source, String name) throws IOException {
    Path target = folder.resolve(name);
    ModelFolder.rewrite(source, target);
    return target;
  }

  /** Imports the foreign folder and exports that; returns what arrives. */
  private Path exchanged() throws IOException {
    return rewritten(rewritten(foreign.path(), "imported"), "exported");
  }

  private void assertArrives(float[] expected) throws IOException {
    Path arrived = exchanged();
    assertEquals(model.config(), ((Gpt2) ModelFolder.readModel(arrived)).config());
    float[] read = ModelFolder.readValues(arrived, model);
    assertArrayEquals(bits(expected), bits(read));
  }

  private static int[] bits(float[] floats) {
    return IntStream.range(0, floats.length).map(i -> Float.floatToRawIntBits(floats[i])).toArray();
  }

  private void assertRefused(String words) {
    NepentheException e =
        assertThrows(NepentheException.class, () -> rewritten(foreign.path(), "refused"));
    assertEquals(ErrorCode.BAD_CHECKPOINT, e.code());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertTrue(e.getMessage().contains(foreign.path().toString()), e.getMessage());
    assertTrue(Files.notExists(folder.resolve("refused")));
  }

  @ParameterizedTest
  @CsvSource({
    "RELU, 14",
    "GELU_TANH, 14",
    "GELU, 14",
    "RELU, 50257",
    "GELU_TANH, 50257",
  })
  void logitsAreThoseOfLoopsInDoublePrecision(Activation activation, int vocabulary)
      throws IOException {
    Gpt2 sent = model(vocabulary, activation);
    float[] weights = values(sent);
    foreign.config(sent);
    foreign.weights(ForeignFolder.tensors(sent, weights));
    int[] row = random.ints(7, 0, vocabulary).toArray();
    double[] doubles = IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).toArray();
    double[][] expected = new SlowGpt2(sent, doubles).logits(row);
    float[] logits = logits(exchanged(), row);
    assertEquals((row.length - 1) * vocabulary, logits.length);
    for (int i = 0; i < logits.length; i++) {
      assertEquals(expected[i / vocabulary][i % vocabulary], logits[i], 1e-4);
    }
  }

  private static float[] logits(Path folder, int[] row) {
    List<int[]> rows = new ArrayList<>(List.of(row));
    try (NDManager manager = Torch.newManager(Device.cpu());
        ModelFolder.Loaded loaded = ModelFolder.read(folder, manager)) {
      NDArray tokens =
          TokenBatch.of(manager, Sequences.of(row.length, rows), new int[] {0}).inputs();
      NDArray states = loaded.model().hiddenStates(loaded.weights().parameters(), tokens, Tap.NONE);
      return loaded.model().logits(loaded.weights().parameters(), states).toFloatArray();
    }
  }

  @Test
  void bitsArriveAsTheyWereSent() throws IOException {
    values[0] = -0f;
    values[1] = 1e-42f;
    values[2] = Float.MAX_VALUE;
    foreign.weights(ForeignFolder.tensors(model, values));
    assertArrives(values);
  }

  @Test
  void namesMayHaveTheirPrefix() throws IOException {
    foreign.weights(prefixed(tensors));
    assertArrives(values);
  }

  private static Map<String, Stored> prefixed(Map<String, Stored> bare) {
    Map<String, Stored> prefixed = new LinkedHashMap<>();
    bare.forEach((name, tensor) -> prefixed.put("transformer." + name, tensor));
    return prefixed;
  }

  @Test
  void masksOfOldCheckpointsAreNoWeights() throws IOException {
    addMasks();
    foreign.weights(tensors);
    assertArrives(values);
    Map<String, Stored> prefixed = prefixed(tensors);
    foreign.weights(prefixed);
    assertArrayEquals(values, ModelFolder.readValues(foreign.path(), model));
    assertEquals(
        List.of("embd_pdrop 0.1", "resid_pdrop 0.1", "attn_pdrop 0.1"),
        ModelFolder.leftOut(foreign.path()));
  }

  /** Of types that differ, as they did over the years; one is no number at all. */
  private void addMasks() {
    tensors.put("h.0.attn.bias", new Stored("BOOL", new long[] {1, 1, 12, 12}, new byte[144]));
    tensors.put("h.1.attn.bias", new Stored("U8", new long[] {1, 1, 12, 12}, new byte[144]));
    tensors.put("h.0.attn.masked_bias", Stored.floats(new long[0], -1e4f));
    tensors.put("h.1.attn.masked_bias", Stored.floats(new long[0], Float.NaN));
  }

  @Test
  void aHeadThatIsTheEmbeddingIsTied() throws IOException {
    tensors.put("lm_head.weight", tensors.get("wte.weight"));
    foreign.weights(tensors);
    assertArrives(values);
  }

  @Test
  void aHeadStoredAloneIsTheEmbedding() throws IOException {
    tensors.put("lm_head.weight", tensors.remove("wte.weight"));
    foreign.weights(tensors);
    assertArrives(values);
  }

  @Test
  void anotherHeadIsRefused() throws IOException {
    values[17] += 1e-3f;
    tensors.put("lm_head.weight", ForeignFolder.tensors(model, values).get("wte.weight"));
    foreign.weights(tensors);
    assertRefused("lm_head.weight differs from transformer.wte.weight at entry 17");
    tensors.put("lm_head.weight", Stored.floats(new long[] {1, 8}, new float[8]));
    foreign.weights(tensors);
    assertRefused("lm_head.weight has shape [1, 8], must be [14, 8]");
  }

  /** Every finite pattern may occur; its value is computed from the standard's formula. */
  @ParameterizedTest
  @CsvSource({"F16, 5, 10", "BF16, 8, 7"})
  void halvesAreWidenedExactly(String type, int exponentBits, int mantissaBits) throws IOException {
    Map<String, Stored> narrow = new LinkedHashMap<>();
    float[] expected = new float[values.length];
    for (TensorSpec spec : model.layout().tensors()) {
      short[] bits = new short[(int) spec.size()];
      for (int i = 0; i < bits.length; i++) {
        int exponent = random.nextInt((1 << exponentBits) - 1); // the last is for infinities
        int mantissa = random.nextInt(1 << mantissaBits);
        int sign = random.nextInt(2);
        bits[i] = (short) (sign << 15 | exponent << mantissaBits | mantissa);
        expected[(int) spec.offset() + i] =
            (float) value(sign, exponent, mantissa, exponentBits, mantissaBits);
      }
      narrow.put(spec.name(), Stored.halves(type, spec.dimensions(), bits));
    }
    foreign.change("float32", "F16".equals(type) ? "float16" : "bfloat16");
    foreign.change("torch_dtype", "dtype");
    foreign.weights(narrow);
    assertArrives(expected);
    JsonNode config = new ObjectMapper().readTree(folder.resolve("imported/config.json").toFile());
    assertEquals("float32", config.path("torch_dtype").asText());
  }

  private static double value(
      int sign, int exponent, int mantissa, int exponentBits, int mantissaBits) {
    int bias = (1 << (exponentBits - 1)) - 1;
    double fraction = mantissa / (double) (1 << mantissaBits);
    double magnitude =
        exponent == 0
            ? fraction * Math.pow(2, 1 - bias)
            : (1 + fraction) * Math.pow(2, exponent - bias);
    return sign == 0 ? magnitude : -magnitude;
  }

  @Test
  void weightsMayBeSpreadOverFiles() throws IOException {
    shard();
    assertArrives(values);
    assertEquals(Set.of("config.json", "model.safetensors"), names(folder.resolve("exported")));
  }

  /** Deals the tensors out to three files. */
  private void shard() throws IOException {
    Files.delete(foreign.path().resolve("model.safetensors"));
    List<Map<String, Stored>> shards =
        List.of(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    Map<String, String> files = new LinkedHashMap<>();
    prefixed(tensors)
        .forEach(
            (name, tensor) -> {
              int shard = files.size() % shards.size();
              files.put(name, shardName(shard));
              shards.get(shard).put(name, tensor);
            });
    for (int s = 0; s < shards.size(); s++) {
      foreign.weights(shardName(s), shards.get(s));
    }
    foreign.index(files);
  }

  private static String shardName(int shard) {
    return "model-0000" + (shard + 1) + "-of-00003.safetensors";
  }

  @Test
  void brokenSetsOfFilesAreRefused() throws IOException {
    shard();
    Path index = foreign.path().resolve(WeightFiles.INDEX);
    String whole = Files.readString(index);
    Files.writeString(index, "[");
    assertRefused("cannot be read as JSON");
    Files.writeString(index, "{\"weight_map\": 3}");
    assertRefused("has no weight_map");
    Files.writeString(index, whole.replace(shardName(0), "../" + shardName(0)));
    assertRefused("which is no safetensors file beside it");
    Files.writeString(index, whole.replace(shardName(0), "model\\r\\n\\u2028\\u009b.s"));
    assertRefused("names 'model????.s'");
    Files.writeString(index, "{\"weight_map\": {}}");
    assertRefused("has no weight_map");
    Files.writeString(index, whole);
    Files.delete(foreign.path().resolve(shardName(1)));
    assertRefused(shardName(1) + ": is missing");
  }

  @Test
  void whatIsWrittenIsWhatTransformersReads() throws IOException {
    Files.writeString(foreign.path().resolve("optimizer.safetensors"), "no weights");
    Files.writeString(foreign.path().resolve("training.json"), "{}");
    Files.writeString(foreign.path().resolve("merges.txt"), "a b");
    Path arrived = exchanged();
    assertEquals(Set.of("config.json", "merges.txt", "model.safetensors"), names(arrived));
    JsonNode config = new ObjectMapper().readTree(arrived.resolve("config.json").toFile());
    assertEquals("GPT2LMHeadModel", config.path("architectures").path(0).asText());
    assertEquals(32, config.path("n_inner").asInt());
    assertEquals(1e-3, config.path("layer_norm_epsilon").asDouble());
    assertEquals("gelu_new", config.path("activation_function").asText());
    assertTrue(config.path("bos_token_id").isNull()); // 50256 is none of 14 tokens
    byte[] bytes = Files.readAllBytes(arrived.resolve("model.safetensors"));
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    JsonNode header = new ObjectMapper().readTree(bytes, 8, length);
    assertEquals("pt", header.path("__metadata__").path("format").asText());
    assertEquals(1 + tensors.size(), header.size());
    header.properties().stream()
        .filter(tensor -> !"__metadata__".equals(tensor.getKey()))
        .forEach(
            tensor -> {
              assertTrue(tensor.getKey().startsWith("transformer."), tensor.getKey());
              assertEquals("F32", tensor.getValue().path("dtype").asText());
            });
  }

  private static Set<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void specialIdsAreKeptWhereTheVocabularyHasThem() throws IOException {
    foreign.change("\"bos_token_id\": 50256", "\"bos_token_id\": 10, \"pad_token_id\": 12");
    JsonNode config = new ObjectMapper().readTree(exchanged().resolve("config.json").toFile());
    assertEquals(10, config.path("bos_token_id").asInt());
    assertEquals(12, config.path("pad_token_id").asInt());
    assertTrue(config.path("eos_token_id").isNull());
  }

  @ParameterizedTest
  @CsvSource({
    "relu, RELU",
    "gelu, GELU",
    "gelu_new, GELU_TANH",
    "gelu_pytorch_tanh, GELU_TANH",
    "gelu_python, GELU",
    "gelu_python_tanh, GELU_TANH",
    "gelu_fast, GELU_TANH",
    "gelu_accurate, GELU_TANH",
  })
  void activationsHaveTheirNames(String name, Activation activation) throws IOException {
    foreign.change("gelu_new", name);
    assertEquals(activation, ((Gpt2) ModelFolder.readModel(foreign.path())).config().activation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "n_inner": null | "n_inner": 32
          "n_inner": null | "n_inner": null, "reorder_and_upcast_attn": true
          "n_inner": null | "n_inner": null, "dtype": "float32"
          "n_inner": null, |
          "use_cache": true | "add_cross_attention": false
          "model_type": "gpt2" | "model_type": null
          "model_type": "gpt2" | "kind": 1
          "model_type": "gpt2" | "architectures": null
          "model_type": "gpt2" | "architectures": ["GPT2Model"]
          "n_layer": 2 | "num_hidden_layers": 2
          "n_head": 2 | "num_attention_heads": 2
          "n_head": 2 | "n_head": 2, "num_attention_heads": 2
          "n_head": 2 | "n_head": null, "num_attention_heads": 2
          "n_embd": 8 | "hidden_size": 8
          "n_positions": 12 | "max_position_embeddings": 12
          "use_cache": true | "add_cross_attention": null, "tie_word_embeddings": null
          """)
  void theSameSaidOtherwise(String words, String others) throws IOException {
    foreign.change(words, others == null ? "" : others);
    assertArrives(values);
  }

  @Test
  void aSettingThatIsNamedTwiceIsRefused() throws IOException {
    foreign.config("{\n\"n_layer\": 2,\n\"n_layer\": 1\n}");
    assertRefused("config.json: says n_layer twice (line 3)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "gpt2" | "opt" | model_type is 'opt'
          "scale_attn_by_inverse_layer_idx": false | "scale_attn_by_inverse_layer_idx": true | scale_attn_by_inverse_layer_idx is true, must be false
          "scale_attn_weights": true | "scale_attn_weights": false | scale_attn_weights is false, must be true
          "use_cache" | "add_cross_attention" | add_cross_attention is true, must be false
          "use_cache": true | "tie_word_embeddings": false | lm_head.weight is missing, and config.json says that tie_word_embeddings is false
          "use_cache": true | "tie_word_embeddings": "false" | tie_word_embeddings is "false", must be true or false
          "attn_pdrop": 0.1 | "attn_pdrop": "0.1" | attn_pdrop is "0.1", must be a number
          "embd_pdrop": 0.1 | "embd_pdrop": 1.5 | embd_pdrop is 1.5, must be in [0, 1]
          "resid_pdrop": 0.1 | "resid_pdrop": -0.1 | resid_pdrop is -0.1, must be in [0, 1]
          "scale_attn_weights": true | "scale_attn_weights": null | scale_attn_weights is null, must be true
          "n_head": 2 | "n_head": 2, "num_attention_heads": 4 | n_head is 2, but num_attention_heads, which means the same, is 4
          "n_head": 2 | "num_attention_heads": 1, "n_head": 2 | n_head is 2, but num_attention_heads, which means the same, is 1
          "n_layer": 2 | "n_layer": 2, "num_hidden_layers": 1 | n_layer is 2, but num_hidden_layers, which means the same, is 1
          "n_embd": 8 | "n_embd": 8, "hidden_size": 16 | n_embd is 8, but hidden_size, which means the same, is 16
          "n_positions": 12 | "n_positions": 12, "max_position_embeddings": 24 | n_positions is 12, but max_position_embeddings, which means the same, is 24
          "model_type": "gpt2" | "rotary_dim": 4, "architectures": null | has no model_type, and tells by nothing else
          "model_type": "gpt2" | "multi_query": false, "architectures": [] | has no model_type
          "model_type": "gpt2" | "architectures": ["GPTJForCausalLM"] | has no model_type
          "model_type": "gpt2" | "architectures": ["GPT2LMHeadModel", "OtherModel"] | has no model_type
          "model_type": "gpt2" | "model_type": "" | model_type is ''
          "n_layer": 2 | "n_layer": 2000000000 | weights are not supported
          "use_cache" | "quantization_config" | a quantized model is not supported
          gelu_new | mish | 'mish' is not supported; these are: relu, gelu, gelu_python, gelu_new, gelu_pytorch_tanh
          0.001 | "small" | layer_norm_epsilon is "small", must be in [0, 1)
          0.001 | -1 | layer_norm_epsilon is -1, must be in [0, 1)
          "n_embd": 8 | "n_embd": "8" | n_embd is "8", must be a whole number
          "n_embd": 8 | "n_embd": 8.5 | n_embd is 8.5, must be a whole number
          "n_embd": 8 | "n_embd": 9 | n_embd is 9, must be a multiple of n_head 2
          "n_embd": 8 | "n_embd": 2000000000 | weights are not supported
          "n_embd": 8 | "n_embd": 10 | has shape [14, 8], must be [14, 10]
          "n_layer": 2 | "n_layer": 3 | tensor transformer.h.2.ln_1.weight is missing
          "n_layer": 2 | "n_layer": 1 | tensor h.1.ln_1.weight is of a block that config.json leaves out, as its n_layer is 1
          "n_inner": null | "n_inner": 16 | mlp.c_fc.weight has shape [8, 32], must be [8, 16]
          { | [ | config.json: cannot be read as JSON
          """)
  void configurationsThatMakeOtherNumbersAreRefused(String words, String others, String message)
      throws IOException {
    foreign.change(words, others);
    assertRefused(message);
  }

  @Test
  void valuesThatAreNoNumbersAreRefused() throws IOException {
    values[values.length - 1] = Float.NaN;
    foreign.weights(ForeignFolder.tensors(model, values));
    assertRefused("tensor ln_f.bias holds NaN at entry 7");
    values[values.length - 1] = Float.NEGATIVE_INFINITY;
    foreign.weights(ForeignFolder.tensors(model, values));
    assertRefused("tensor ln_f.bias holds -Infinity at entry 7");
  }

  @Test
  void partsOfBlocksThatAreNotUnderstoodAreRefused() throws IOException {
    tensors.put("h.0.crossattention.q_attn.bias", Stored.floats(new long[] {8}, new float[8]));
    foreign.weights(tensors);
    assertRefused("tensor h.0.crossattention.q_attn.bias is of no GPT-2");
  }

  @Test
  void otherHeadsAreLeftOutAndNamed() throws IOException {
    tensors.put("score.weight", Stored.floats(new long[] {1, 8}, new float[8]));
    foreign.weights(tensors);
    assertTrue(ModelFolder.leftOut(foreign.path()).contains("score.weight"));
    assertArrives(values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"F64", "I8", "F8_E4M3"})
  void weightsOfOtherTypesAreRefused(String type) throws IOException {
    tensors.put(
        "ln_f.bias", new Stored(type, new long[] {8}, new byte["F64".equals(type) ? 64 : 8]));
    foreign.weights(tensors);
    assertRefused("tensor ln_f.bias has type " + type + "; save it as F32, F16 or BF16");
  }

  @Test
  void missingAndDamagedFilesAreRefused() throws IOException {
    Path weights = foreign.path().resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length - 1));
    assertRefused("model.safetensors is no whole safetensors file");
    Files.write(weights, Arrays.copyOf(whole, 100));
    assertRefused("model.safetensors is no whole safetensors file");
    Files.write(weights, new byte[0]);
    assertRefused("model.safetensors is no whole safetensors file: it is empty");
    Files.delete(weights);
    assertRefused("model.safetensors: is missing; save the model as safetensors");
    Files.writeString(foreign.path().resolve("model-00001-of-00002.safetensors"), "");
    assertRefused("there is model-00001-of-00002.safetensors; save the model as safetensors, with");
    Files.writeString(foreign.path().resolve("pytorch_model.bin"), "PK");
    assertRefused("pytorch_model.bin: is not read, because such a file can run code; save");
    Files.delete(foreign.path().resolve("config.json"));
    assertRefused("config.json: is missing; give a Hugging Face model folder");
  }

  /** What lies there instead of weights, in one character a byte. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          version https://git-lfs.github.com/spec/v1 | is a Git LFS pointer in place of the file
          <!DOCTYPE html><html> | is a web page in place of the file
          <?xml version='1.0'?><Error> | is a web page in place of the file
          Entry not found | is text that begins 'Entry not found'
          PK\\003\\004\\000\\000\\010\\010 | is a zip archive, as torch.save
          \\200\\002}q\\000(X\\004\\000 | is a pickle, which can run code
          GGUF\\003\\000\\000\\000 | is a file of another kind (GGUF)
          """)
  void whatIsNoWeightsIsCalledByItsName(String content, String message) throws IOException {
    byte[] bytes = content.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    Files.write(foreign.path().resolve("model.safetensors"), bytes);
    assertRefused("model.safetensors: " + message);
  }

  @Test
  void aPointerInPlaceOfAnyFileIsCalledByItsName() throws IOException {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    Path tokenizer = Files.writeString(foreign.path().resolve("tokenizer.json"), pointer);
    assertRefused("tokenizer.json: is a Git LFS pointer");
    Files.delete(tokenizer);
    Files.delete(foreign.path().resolve("model.safetensors"));
    Files.writeString(foreign.path().resolve(WeightFiles.INDEX), pointer);
    assertRefused("model.safetensors.index.json: is a Git LFS pointer");
    foreign.config(pointer);
    assertRefused("config.json: is a Git LFS pointer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "config.json", "tokenizer.json", "spiece.model"})
  void aLinkToNothingIsCalledByItsName(String name) throws IOException {
    Path link = foreign.path().resolve(name);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of("../../blobs/0a1b"));
    assertRefused(name + ": is a link to ../../blobs/0a1b, which is not there; download");
  }

  @Test
  void whatMayNotBeReadMayBeSound() {
    NepentheException e = BadModel.unreadable(Path.of("x"), new AccessDeniedException("x"));
    assertEquals(ErrorCode.IO, e.code());
    assertEquals("x: permission to read it is missing", e.getMessage());
  }

  /** As a hub cache holds a model: its files are links to blobs that hashes name. */
  @Test
  void linksToBlobsAreFollowed() throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("blobs"));
    for (String name : List.of("config.json", "model.safetensors")) {
      Path file = foreign.path().resolve(name);
      Path blob = Files.move(file, blobs.resolve("0a1b-" + name.length()));
      Files.createSymbolicLink(file, file.getParent().relativize(blob));
    }
    assertArrives(values);
  }

  @Test
  void aHalfFilledFolderIsNoModel() throws IOException {
    Files.createDirectory(foreign.path().resolve(".to." + UUID.randomUUID() + ".part"));
    assertRefused("is half-filled, by a command that was ended; empty it, and run that again");
  }

  @Test
  void aFolderAboveModelsNamesThem() throws IOException {
    Path cache = folder.resolve("models--a--b");
    Path snapshot = Files.createDirectories(cache.resolve("snapshots/0a1b"));
    Files.writeString(snapshot.resolve("config.json"), "{}");
    NepentheException e = assertThrows(NepentheException.class, () -> ModelFolder.readModel(cache));
    assertTrue(e.getMessage().contains("say one below it: snapshots/0a1b"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "_orig_mod.", "module._orig_mod.transformer.", "base_model."})
  void wrappedNamesAreSaid(String prefix) throws IOException {
    Map<String, Stored> wrapped = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> wrapped.put(prefix + name, tensor));
    foreign.weights(wrapped);
    assertRefused("transformer.wte.weight is missing; there is " + prefix + "wte.weight");
  }

  @Test
  void aTensorUnderTwoNamesIsTheSame() throws IOException {
    tensors.put("transformer.wpe.weight", tensors.get("wpe.weight"));
    foreign.weights(tensors);
    assertArrives(values);
    tensors.put("transformer.wpe.weight", Stored.floats(new long[] {12, 8}, new float[96]));
    foreign.weights(tensors);
    assertRefused("wpe.weight differs from transformer.wpe.weight");
  }

  @Test
  void aHeadThatIsUntiedButEqualIsTheEmbedding() throws IOException {
    foreign.change("\"use_cache\": true", "\"tie_word_embeddings\": false");
    tensors.put("lm_head.weight", tensors.get("wte.weight"));
    foreign.weights(tensors);
    assertArrives(values);
    assertArrayEquals(values, ModelFolder.readValues(edited(), model));
  }

  @Test
  void aHeadThatIsUntiedNeedsTheEmbeddingBesideIt() throws IOException {
    foreign.change("\"use_cache\": true", "\"tie_word_embeddings\": false");
    tensors.put("lm_head.weight", tensors.remove("wte.weight"));
    foreign.weights(tensors);
    assertRefused("transformer.wte.weight is missing, and config.json says that tie_word");
  }

  private Path edited() throws IOException {
    Path edited = folder.resolve("edited");
    try (NDManager manager = Torch.newManager(Device.cpu());
        ModelFolder.Loaded loaded = ModelFolder.read(foreign.path(), manager)) {
      ModelFolder.writeLike(foreign.path(), edited, model, loaded.weights());
    }
    return edited;
  }

  /** An index says which files to read; what is in them, they do. */
  @Test
  void anIndexMayNameMoreOrLessThanThereIs() throws IOException {
    Files.delete(foreign.path().resolve("model.safetensors"));
    Map<String, Stored> first = new LinkedHashMap<>(tensors);
    Map<String, Stored> second = new LinkedHashMap<>();
    second.put("ln_f.bias", first.remove("ln_f.bias"));
    second.put("wpe.weight", first.get("wpe.weight"));
    foreign.weights("a.safetensors", first);
    foreign.weights("b.safetensors", second);
    foreign.index(Map.of("lm_head.weight", "a.safetensors", "wte.weight", "b.safetensors"));
    assertArrives(values);
    second.put("wpe.weight", Stored.floats(new long[] {12, 8}, new float[96]));
    foreign.weights("b.safetensors", second);
    assertRefused("b.safetensors: tensor wpe.weight differs from that in");
    foreign.index(Map.of("wte.weight", "a.safetensors"));
    assertRefused("tensor transformer.ln_f.bias is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vocab.txt",
        "vocab.bpe",
        "encoder.json",
        "spiece.model",
        "sentencepiece.bpe.model",
        "encoder.model",
        "tokenizer.model.v3",
        "qwen.tiktoken",
        "chat_template.jinja",
        "additional_chat_templates/tools.jinja",
        "tokenization_own.py",
        "generation_config.json",
        "generation_config_for_text.json",
        "custom_generate/generate.py"
      })
  void tokenizersAndSettingsOfGenerationTravel(String name) throws IOException {
    Path file = foreign.path().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "its content");
    for (Path arrived : List.of(exchanged(), edited())) {
      assertEquals("its content", Files.readString(arrived.resolve(name)));
    }
    assertEquals(List.of(), ModelFolder.leftBehind(foreign.path()));
  }

  @Test
  void filesThatStayBehindAreNamed() throws IOException {
    for (String name : List.of("README.md", "pytorch_model.bin", ".gitattributes")) {
      Files.writeString(foreign.path().resolve(name), "x");
    }
    Files.createDirectory(foreign.path().resolve("runs"));
    assertEquals(
        List.of("README.md", "pytorch_model.bin", "runs/"), ModelFolder.leftBehind(foreign.path()));
  }
}
