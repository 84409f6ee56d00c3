package io.nepenthe.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ForeignFolder.Stored;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written of an edited model equals the folder it came from, but for what was edited. */
class WriteLikeTest {
  private static final String EDITED = "transformer.h.1.mlp.c_fc.weight";
  private static final String EMBEDDING = "transformer.wte.weight";
  private static final String HEAD = "lm_head.weight";

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(14, 12, 8, 2, 2));
  private final Map<String, Stored> tensors = new LinkedHashMap<>();
  @TempDir Path folder;
  private ForeignFolder foreign;
  private Path written;

  @BeforeEach
  void makeFolder() throws IOException {
    foreign = new ForeignFolder(folder.resolve("model"));
    foreign.config(model);
    written = folder.resolve("written");
  }

  /** Fills a folder with random numbers; the types take turns over the tensors. */
  private void store(FloatType... types) {
    SplittableRandom random = new SplittableRandom(1);
    for (TensorSpec spec : model.layout().tensors()) {
      float[] values = new float[(int) spec.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian(0, 0.1);
      }
      values[1] = -0.0f;
      FloatType type = types[tensors.size() % types.length];
      tensors.put(spec.name(), stored(type, spec.dimensions(), values));
    }
  }

  private static Stored stored(FloatType type, long[] shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(type.bytes() * values.length).order(ByteOrder.LITTLE_ENDIAN);
    type.write(values, bytes);
    return new Stored(type.id(), shape, bytes.array());
  }

  /** Writes two shards and an index, tensors in turn. */
  private void shards() throws IOException {
    Map<String, Stored> first = new LinkedHashMap<>();
    Map<String, Stored> second = new LinkedHashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          boolean isFirst = places.size() % 2 == 0;
          (isFirst ? first : second).put(name, tensor);
          places.put(name, isFirst ? "part-1.safetensors" : "part-2.safetensors");
        });
    foreign.weights("part-1.safetensors", first);
    foreign.weights("part-2.safetensors", second);
    foreign.index(places);
  }

  /** Writes the folder after an edit: entries of a tensor get new values. */
  private void write(String tensor, Map<Integer, Float> entries) throws IOException {
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = ModelFolder.mapWeights(foreign.path(), model, manager)) {
      long from = model.layout().tensor(tensor).offset();
      entries.forEach((entry, value) -> weights.write(from + entry, new float[] {value}));
      ModelFolder.writeLike(foreign.path(), written, model, weights);
    }
  }

  /** Returns the position of every byte that differs, by file; both folders have the same files. */
  private Map<String, List<Integer>> differences() throws IOException {
    Map<String, List<Integer>> all = new LinkedHashMap<>();
    assertEquals(names(foreign.path()), names(written));
    for (String name : names(written)) {
      byte[] before = Files.readAllBytes(foreign.path().resolve(name));
      byte[] after = Files.readAllBytes(written.resolve(name));
      assertEquals(before.length, after.length, name);
      List<Integer> differing = new ArrayList<>();
      for (int i = 0; i < before.length; i++) {
        if (before[i] != after[i]) {
          differing.add(i);
        }
      }
      if (!differing.isEmpty()) {
        all.put(name, differing);
      }
    }
    return all;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,", "FLOAT16,", "BFLOAT16,", "FLOAT16, FLOAT32", "BFLOAT16, FLOAT16"})
  void whatIsNotEditedKeepsItsBytes(FloatType type, FloatType other) throws IOException {
    store(other == null ? new FloatType[] {type} : new FloatType[] {type, other});
    tensors.put(
        "h.0.attn.bias", new Stored("BOOL", new long[] {1, 1, 2, 2}, new byte[] {1, 0, 1, 1}));
    tensors.put("score.weight", stored(FloatType.FLOAT32, new long[] {2}, 1, Float.NaN));
    foreign.weights(tensors);
    Files.writeString(foreign.path().resolve("generation_config.json"), "{}");
    write(EDITED, Map.of());
    assertEquals(Map.of(), differences());
  }

  @Test
  void whatATokenizerOrAGenerationNeedsComesAlong() throws IOException {
    store(FloatType.FLOAT16);
    shards();
    for (String name :
        List.of(
            "added_tokens.json",
            "chat_template.jinja",
            "chat_template.json",
            "additional_chat_templates/tool_use.jinja",
            "generation_config.json",
            "merges.txt",
            "sentencepiece.bpe.model",
            "special_tokens_map.json",
            "spiece.model",
            "tekken.json",
            "tokenizer.json",
            "tokenizer.model",
            "tokenizer.model.v3",
            "tokenizer_config.json",
            "vocab.json")) {
      Path file = foreign.path().resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + name);
      assertEquals(List.of(), ModelFolder.leftBehind(foreign.path()));
    }
    write(EDITED, Map.of());
    try (Stream<Path> all = Files.walk(foreign.path())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = written.resolve(foreign.path().relativize(file).toString());
        assertEquals(-1, Files.mismatch(file, copy), file.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32", "FLOAT16", "BFLOAT16"})
  void editedEntriesAreRoundedOnceAndNoOtherByteChanges(FloatType type) throws IOException {
    store(type, FloatType.FLOAT32);
    shards();
    boolean isFirst = new ArrayList<>(tensors.keySet()).indexOf(EDITED) % 2 == 0;
    FloatType own = isFirst ? type : FloatType.FLOAT32;
    write(EDITED, Map.of(5, 0.1f, 7, -0.0f));
    String shard = isFirst ? "part-1.safetensors" : "part-2.safetensors";
    Map<String, List<Integer>> differing = differences();
    assertEquals(List.of(shard), List.copyOf(differing.keySet()));
    assertTrue(differing.get(shard).size() <= 2 * own.bytes(), differing.toString());
    float[] before = ModelFolder.readValues(foreign.path(), model);
    float[] after = ModelFolder.readValues(written, model);
    int from = (int) model.layout().tensor(EDITED).offset();
    before[from + 5] = own.rounded(0.1f);
    before[from + 7] = -0.0f;
    assertArrayEquals(before, after);
  }

  /** transformers may store a tied head as well; both must stay the same tensor. */
  @Test
  void allCopiesOfATensorAreEdited() throws IOException {
    store(FloatType.FLOAT32);
    tensors.put(EMBEDDING, stored(FloatType.FLOAT32, new long[] {14, 8}, new float[112]));
    tensors.put(HEAD, stored(FloatType.FLOAT16, new long[] {14, 8}, new float[112]));
    foreign.change("\"use_cache\": true", "\"tie_word_embeddings\": false");
    shards();
    write(EMBEDDING, Map.of(3, 0.1f));
    float edited = FloatType.FLOAT16.rounded(0.1f);
    assertEquals(edited, ModelFolder.readValues(written, model)[3]); // which compares the copies
    tensors.put(HEAD, stored(FloatType.FLOAT16, new long[] {14, 8}, copyOf(-0.0f, 112)));
    shards();
    deleteWritten();
    write(EMBEDDING, Map.of());
    assertEquals(Map.of(), differences()); // two zeros are equal, and each keeps its sign
  }

  private static float[] copyOf(float value, int count) {
    float[] values = new float[count];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private void deleteWritten() throws IOException {
    for (String name : names(written)) {
      Files.delete(written.resolve(name));
    }
    Files.delete(written);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT16,", "BFLOAT16,", "FLOAT16, FLOAT32", "BFLOAT16, FLOAT16"})
  void mappedWeightsAreOfTheirTypesAndEditingThemChangesNoFile(FloatType type, FloatType other)
      throws IOException {
    store(other == null ? new FloatType[] {type} : new FloatType[] {type, other});
    shards();
    float[] values = ModelFolder.readValues(foreign.path(), model);
    float[] edited = values.clone();
    edited[3] = 7;
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights mapped = ModelFolder.mapWeights(foreign.path(), model, manager);
        Weights again = mapped.copyOfUnedited(manager);
        Weights copy = again.copy()) {
      for (Weights each : List.of(mapped, again, copy)) {
        assertArrayEquals(values, each.toFloats());
        for (TensorSpec spec : model.layout().tensors()) {
          assertEquals(tensors.get(spec.name()).type(), each.type(spec).id());
        }
        each.write(3, new float[] {7});
        assertArrayEquals(edited, each.toFloats());
        assertArrayEquals(values, ModelFolder.readValues(foreign.path(), model));
      }
      again.setToUnedited(mapped);
      assertArrayEquals(values, again.toFloats());
      again.flat();
      again.setToUnedited(mapped);
      assertArrayEquals(values, again.toFloats());
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT16,", "BFLOAT16,", "FLOAT16, BFLOAT16"})
  void weightsAreReadAndWrittenInTheirTypes(FloatType type, FloatType other) throws IOException {
    store(other == null ? new FloatType[] {type} : new FloatType[] {type, other});
    shards();
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights read = ModelFolder.readWeights(foreign.path(), model, manager)) {
      ModelFolder.write(written, model, read, SpecialIds.NONE);
      try (Weights again = ModelFolder.readWeights(written, model, manager)) {
        assertEquals(read.hash(), again.hash());
        for (TensorSpec spec : model.layout().tensors()) {
          assertEquals(tensors.get(spec.name()).type(), again.type(spec).id());
        }
      }
    }
    String config = Files.readString(written.resolve("config.json"));
    FloatType named = other == null ? type : FloatType.FLOAT32;
    assertTrue(config.contains("\"torch_dtype\" : \"" + named.inConfig() + "\""), config);
  }

  @Test
  void whatIsMappedIsChecked() throws IOException {
    store(FloatType.FLOAT16);
    tensors.put(EDITED, stored(FloatType.FLOAT16, new long[] {8, 32}, copyOf(Float.NaN, 256)));
    shards();
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NepentheException e =
          assertThrows(
              NepentheException.class,
              () -> ModelFolder.mapWeights(foreign.path(), model, manager));
      assertTrue(e.getMessage().endsWith(EDITED + " holds NaN at entry 0"), e.getMessage());
    }
  }

  @Test
  void numbersAtOddPlacesAreMappedToo() throws IOException {
    store(FloatType.FLOAT16, FloatType.FLOAT32);
    foreign.weights(tensors);
    Path file = foreign.path().resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong(0));
    ByteBuffer odd = ByteBuffer.allocate(bytes.capacity() + 1).order(ByteOrder.LITTLE_ENDIAN);
    odd.putLong(header + 1L).put(bytes.array(), Long.BYTES, header).put((byte) ' ');
    odd.put(bytes.array(), Long.BYTES + header, bytes.capacity() - Long.BYTES - header);
    float[] values = ModelFolder.readValues(foreign.path(), model);
    Files.write(file, odd.array());
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = ModelFolder.mapWeights(foreign.path(), model, manager)) {
      assertArrayEquals(values, weights.toFloats());
    }
  }

  @Test
  void aNumberBeyondItsTypeIsRefused() throws IOException {
    store(FloatType.FLOAT16);
    foreign.weights(tensors);
    long from = model.layout().tensor(EDITED).offset();
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights =
            Weights.of(model.layout(), manager, ModelFolder.readValues(foreign.path(), model))) {
      weights.write(from + 2, new float[] {-70000});
      NepentheException e =
          assertThrows(
              NepentheException.class,
              () -> ModelFolder.writeLike(foreign.path(), written, model, weights));
      assertEquals(ErrorCode.TRIAL_FAILED, e.code());
      assertEquals(
          "tensor "
              + EDITED
              + " has -70000.0 at entry 2, beyond what the model's folder stores it in: [FLOAT16]",
          e.getMessage());
    }
  }
}
