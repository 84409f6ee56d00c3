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
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.SlowMath.Tensors;
import io.nepenthe.model.Tap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.gptneox.SlowGptNeoX;
import io.nepenthe.model.llama.SlowLlama;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of decoders that transformers writes: names, types, shards, and what old ones hold. */
final class DecoderFolderTest {
  private static final String NEOX =
      """
      {"architectures": ["GPTNeoXForCausalLM"], "bos_token_id": 0, "eos_token_id": 0,
       "hidden_act": "gelu", "hidden_size": 12, "initializer_range": 0.02, "intermediate_size": 10,
       "layer_norm_eps": 1e-05, "max_position_embeddings": 16, "model_type": "gpt_neox",
       "num_attention_heads": 3, "num_hidden_layers": 2, "rotary_emb_base": 10000,
       "rotary_pct": 0.5, "tie_word_embeddings": false, "torch_dtype": "float16",
       "transformers_version": "4.24.0", "use_cache": true, "use_parallel_residual": true,
       "vocab_size": 14, "attention_dropout": 0.1}
      """;

  /**
   * Sizes that divide nothing, grouped heads of their own size, a window where there may be one.
   */
  private static final String ODD =
      """
      {"model_type": "%s", "hidden_size": 13, "intermediate_size": 7, "num_hidden_layers": 2,
       "num_attention_heads": 6, "num_key_value_heads": 2, "head_dim": 4, "hidden_act": "silu",
       "rms_norm_eps": 1e-5, "rope_theta": 500.0, "vocab_size": 19, "tie_word_embeddings": false,
       "max_position_embeddings": 16, "eos_token_id": 0, "use_sliding_window": true,
       "sliding_window": 3, "max_window_layers": 1}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> NEOX_BLOCK =
      List.of(
          "input_layernorm.weight",
          "input_layernorm.bias",
          "post_attention_layernorm.weight",
          "post_attention_layernorm.bias",
          "attention.query_key_value.weight",
          "attention.query_key_value.bias",
          "attention.dense.weight",
          "attention.dense.bias",
          "mlp.dense_h_to_4h.weight",
          "mlp.dense_h_to_4h.bias",
          "mlp.dense_4h_to_h.weight",
          "mlp.dense_4h_to_h.bias");

  @TempDir private Path folder;
  private final RandomGenerator random = new RandomStreams(3).stream("test");

  private static List<String> neoxNames() {
    List<String> names = new ArrayList<>(List.of("gpt_neox.embed_in.weight"));
    for (int layer = 0; layer < 2; layer++) {
      for (String name : NEOX_BLOCK) {
        names.add("gpt_neox.layers." + layer + "." + name);
      }
    }
    names.add("gpt_neox.final_layer_norm.weight");
    names.add("gpt_neox.final_layer_norm.bias");
    names.add("embed_out.weight");
    return names;
  }

  /** Tensors of a few eighths, which every type holds, float32 and both halves in turn. */
  private Map<String, Stored> tensors(LanguageModel model, float[] values) {
    Map<String, Stored> tensors = new LinkedHashMap<>();
    for (TensorSpec spec : model.layout().tensors()) {
      float[] part = new float[(int) spec.size()];
      System.arraycopy(values, (int) spec.offset(), part, 0, part.length);
      int turn = tensors.size() % 3;
      tensors.put(
          spec.name(),
          turn == 0
              ? Stored.floats(spec.dimensions(), part)
              : Stored.halves(turn == 1 ? "F16" : "BF16", spec.dimensions(), bits(part, turn)));
    }
    return tensors;
  }

  private static short[] bits(float[] values, int turn) {
    short[] bits = new short[values.length];
    for (int i = 0; i < bits.length; i++) {
      int wide = Float.floatToRawIntBits(values[i]);
      int sign = (wide >>> 16) & 0x8000;
      int exponent = ((wide >>> 23) & 0xff) - 127 + 15;
      int narrow = sign + (exponent << 10) + ((wide >>> 13) & 0x3ff);
      bits[i] = (short) (turn == 1 ? narrow : wide >>> 16);
    }
    return bits;
  }

  private float[] values(LanguageModel model) {
    float[] values = new float[(int) model.layout().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(1, 16) / 8f * (random.nextBoolean() ? 1 : -1);
    }
    return values;
  }

  private ForeignFolder foreign(String config) throws IOException {
    ForeignFolder foreign = new ForeignFolder(folder.resolve("foreign"));
    foreign.config(config);
    return foreign;
  }

  private void assertReads(ForeignFolder foreign, LanguageModel model, float[] values)
      throws IOException {
    assertArrayEquals(values, ModelFolder.readValues(foreign.path(), model));
    Path written = folder.resolve("written");
    ModelFolder.rewrite(foreign.path(), written);
    LanguageModel again = ModelFolder.readModel(written);
    assertEquals(model.architecture().config(model), again.architecture().config(again));
    assertArrayEquals(values, ModelFolder.readValues(written, again));
    assertTrue(Files.readString(written.resolve("config.json")).contains("\"eos_token_id\" : 0"));
  }

  private static void assertRefused(ForeignFolder foreign, String words) {
    NepentheException e =
        assertThrows(
            NepentheException.class,
            () -> ModelFolder.readValues(foreign.path(), ModelFolder.readModel(foreign.path())));
    assertEquals(ErrorCode.BAD_CHECKPOINT, e.code());
    assertTrue(e.getMessage().endsWith(words), e.getMessage());
  }

  @Test
  void aPythiaIsReadFromShardsOfMixedTypesWithTheConstantsOfOldCheckpoints() throws IOException {
    ForeignFolder foreign = foreign(NEOX);
    LanguageModel model = ModelFolder.readModel(foreign.path());
    assertEquals(neoxNames(), model.layout().tensors().stream().map(TensorSpec::name).toList());
    float[] values = values(model);
    Map<String, Stored> tensors = tensors(model, values);
    tensors.put(
        "gpt_neox.layers.0.attention.bias", new Stored("U8", new long[] {1, 1, 2, 2}, new byte[4]));
    tensors.put("gpt_neox.layers.0.attention.masked_bias", Stored.floats(new long[0], -1e9f));
    tensors.put(
        "gpt_neox.layers.1.attention.rotary_emb.inv_freq", Stored.floats(new long[] {1}, 1));
    tensors.put("gpt_neox.rotary_emb.inv_freq", Stored.floats(new long[] {1}, 1));
    writeShards(foreign, tensors);
    assertReads(foreign, model, values);
    assertEquals(List.of("attention_dropout 0.1"), ModelFolder.leftOut(foreign.path()));
  }

  private static void writeShards(ForeignFolder foreign, Map<String, Stored> tensors)
      throws IOException {
    Map<String, Stored> first = new LinkedHashMap<>();
    Map<String, Stored> second = new LinkedHashMap<>();
    Map<String, String> index = new LinkedHashMap<>();
    tensors.forEach(
        (name, stored) -> {
          boolean isFirst = index.size() % 2 == 0;
          (isFirst ? first : second).put(name, stored);
          index.put(name, "model-0000" + (isFirst ? 1 : 2) + "-of-00002.safetensors");
        });
    foreign.weights("model-00001-of-00002.safetensors", first);
    foreign.weights("model-00002-of-00002.safetensors", second);
    foreign.index(index);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt_neox", "llama", "mistral", "qwen2", "qwen3", "olmo2"})
  void logitsOfShardsOfMixedTypesAreThoseOfTheLoops(String type) throws IOException {
    String config = type.equals("gpt_neox") ? NEOX : ODD.formatted(type);
    ForeignFolder foreign = foreign(config);
    LanguageModel model = ModelFolder.readModel(foreign.path());
    writeShards(foreign, tensors(model, values(model)));
    int[] row = random.ints(11, 0, model.vocabulary()).toArray();
    Map<String, double[]> held = new LinkedHashMap<>();
    try (NDManager manager = Torch.newManager(Device.cpu());
        ModelFolder.Loaded loaded = ModelFolder.read(foreign.path(), manager)) {
      for (TensorSpec spec : model.layout().tensors()) {
        float[] entries = loaded.weights().values(spec, 0, (int) spec.size());
        held.put(
            spec.name(), IntStream.range(0, entries.length).mapToDouble(i -> entries[i]).toArray());
      }
      long[] ids = Arrays.stream(row).asLongStream().toArray();
      Parameters parameters = loaded.weights().parameters();
      NDArray states =
          model.hiddenStates(parameters, Torch.longs(manager, ids, 1, row.length), Tap.NONE);
      float[] logits = model.logits(parameters, states).toFloatArray();
      JsonNode json = JSON.readTree(config);
      double[][] expected =
          type.equals("gpt_neox")
              ? new SlowGptNeoX(json, new Tensors(held)).logits(row)
              : new SlowLlama(json, new Tensors(held)).logits(row);
      for (int i = 0; i < logits.length; i++) {
        double wanted = expected[i / model.vocabulary()][i % model.vocabulary()];
        assertEquals(wanted, logits[i], 1e-4 * Math.max(1, Math.abs(wanted)));
      }
    }
  }

  @Test
  void whatAPythiaLacksOrHasTooMuchIsNamed() throws IOException {
    ForeignFolder foreign = foreign(NEOX);
    LanguageModel model = ModelFolder.readModel(foreign.path());
    Map<String, Stored> tensors = tensors(model, values(model));
    Stored head = tensors.remove("embed_out.weight");
    foreign.weights(tensors);
    assertRefused(foreign, "tensor embed_out.weight is missing");
    tensors.put("embed_out.weight", head);
    foreign.weights(tensors);
    foreign.change("\"use_cache\": true", "\"attention_bias\": false");
    assertRefused(
        foreign,
        "tensor gpt_neox.layers.0.attention.query_key_value.bias is of no GPT-NeoX with this"
            + " config.json");
    foreign.change("\"attention_bias\": false", "\"use_cache\": true");
    foreign.change("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1");
    assertRefused(
        foreign,
        "is of a block that config.json leaves out, as its num_hidden_layers is 1; set"
            + " num_hidden_layers to the number of blocks, or save the first 1 only");
    foreign.change("\"num_hidden_layers\": 1", "\"num_hidden_layers\": 2");
    foreign.change("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true");
    assertRefused(
        foreign,
        "embed_out.weight differs from gpt_neox.embed_in.weight at entry 0, which is the same tensor"
            + " in a GPT-NeoX");
  }

  /** Names of a block, in the order of Hugging Face's classes. */
  private static List<String> llamaNames(String type) {
    List<String> names = new ArrayList<>(List.of("model.embed_tokens.weight"));
    String attention = "self_attn.";
    for (int layer = 0; layer < 2; layer++) {
      List<String> block = new ArrayList<>();
      for (String map : List.of("q_proj", "k_proj", "v_proj", "o_proj")) {
        block.add(attention + map + ".weight");
        if (type.equals("qwen2") && !map.equals("o_proj")) {
          block.add(attention + map + ".bias");
        }
      }
      if (type.equals("qwen3") || type.equals("olmo2")) {
        block.add(attention + "q_norm.weight");
        block.add(attention + "k_norm.weight");
      }
      block.addAll(List.of("mlp.gate_proj.weight", "mlp.up_proj.weight", "mlp.down_proj.weight"));
      block.addAll(
          type.equals("olmo2")
              ? List.of("post_attention_layernorm.weight", "post_feedforward_layernorm.weight")
              : List.of("input_layernorm.weight", "post_attention_layernorm.weight"));
      for (String name : block) {
        names.add("model.layers." + layer + "." + name);
      }
    }
    names.add("model.norm.weight");
    names.add("lm_head.weight");
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "olmo2"})
  void llamaAndItsKinAreReadByTheirOwnNamesAndTypes(String type) throws IOException {
    ForeignFolder foreign =
        foreign(
            """
            {"architectures": ["OneForCausalLM"], "eos_token_id": [0, 3], "hidden_act": "silu",
             "hidden_size": 16, "intermediate_size": 12, "max_position_embeddings": 16,
             "model_type": "%s", "num_attention_heads": 4, "num_hidden_layers": 2,
             "num_key_value_heads": 2, "head_dim": 6, "rms_norm_eps": 1e-05, "rope_theta": 10000.0,
             "rope_scaling": null, "tie_word_embeddings": false, "torch_dtype": "bfloat16",
             "vocab_size": 14}
            """
                .formatted(type));
    LanguageModel model = ModelFolder.readModel(foreign.path());
    assertEquals(
        llamaNames(type), model.layout().tensors().stream().map(TensorSpec::name).toList());
    float[] values = values(model);
    Map<String, Stored> tensors = tensors(model, values);
    tensors.put("model.layers.1.self_attn.rotary_emb.inv_freq", Stored.floats(new long[] {1}, 1));
    foreign.weights(tensors);
    assertReads(foreign, model, values);
    assertEquals(List.of(), ModelFolder.leftOut(foreign.path()));
    tensors.put("model.layers.0.self_attn.o_proj.bias", Stored.floats(new long[] {1}, 1));
    foreign.weights(tensors);
    assertRefused(
        foreign,
        "tensor model.layers.0.self_attn.o_proj.bias is of no "
            + model.architecture().name()
            + " with this config.json");
  }
}
