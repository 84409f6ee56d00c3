package io.nepenthe.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFolderTest {
  @TempDir Path folder;

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(14, 16, 8, 1, 2));
  private final float[] values = model.initialValues(new RandomStreams(0).stream("init"));

  @Test
  void readsWhatItWrites() throws IOException {
    write(values);
    assertEquals(model.config(), ((Gpt2) ModelFolder.readModel(folder)).config());
    assertArrayEquals(values, ModelFolder.readValues(folder, model));
  }

  @Test
  void readsNamesWithoutTheirPrefix() throws IOException {
    write(values);
    Path file = folder.resolve("model.safetensors");
    Map<String, Safetensors.Tensor> bare = new LinkedHashMap<>();
    Safetensors.read(file)
        .forEach((name, tensor) -> bare.put(name.substring("transformer.".length()), tensor));
    Safetensors.write(file, bare);
    assertArrayEquals(values, ModelFolder.readValues(folder, model));
  }

  @Test
  void readsWeightsAndPassesOnValues() throws IOException {
    write(values);
    float[] passed = new float[values.length];
    ModelFolder.read(
        folder,
        model,
        (from, piece) -> System.arraycopy(piece, 0, passed, (int) from, piece.length));
    assertArrayEquals(values, passed);
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = ModelFolder.readWeights(folder, model, manager)) {
      assertArrayEquals(values, weights.toFloats());
      assertEquals(0, weights.countDifferent(0, Arrays.copyOf(values, 8)));
      float[] others = Arrays.copyOfRange(values, 8, 12);
      others[3]++;
      assertEquals(1, weights.countDifferent(8, others));
    }
  }

  private void writeLike(Path other) throws IOException {
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values)) {
      ModelFolder.writeLike(folder, other, model, weights);
    }
  }

  @Test
  void otherWeightsKeepConfigurationAndTokenizer() throws IOException {
    ModelFolder.write(folder, model, values, new SpecialIds(10, 11, 12));
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0}");
    Files.writeString(folder.resolve("optimizer.safetensors"), "of the old weights");
    Path other = folder.resolve("other");
    values[3] = -7;
    writeLike(other);
    assertArrayEquals(values, ModelFolder.readValues(other, model));
    assertEquals(-1, Files.mismatch(folder.resolve("config.json"), other.resolve("config.json")));
    assertEquals(-1, Files.mismatch(folder.resolve("vocab.json"), other.resolve("vocab.json")));
    assertFalse(Files.exists(other.resolve("optimizer.safetensors")));
  }

  @Test
  void namesTheTensorThatHoldsNoNumber() throws IOException {
    values[values.length - 1] = Float.NaN;
    write(values);
    assertRefused(model, "transformer.ln_f.bias holds NaN at entry 7");
  }

  @Test
  void namesTheTensorOfAnotherShape() throws IOException {
    write(values);
    Gpt2 wider = new Gpt2(Gpt2Config.tinyMem(14, 16, 16, 1, 2));
    assertRefused(wider, "transformer.wte.weight has shape [14, 8], must be [14, 16]");
  }

  @Test
  void namesTheTensorThatIsMissing() throws IOException {
    write(values);
    Gpt2 deeper = new Gpt2(Gpt2Config.tinyMem(14, 16, 8, 2, 2));
    assertRefused(deeper, "transformer.h.1.ln_1.weight is missing");
  }

  @Test
  void refusesFoldersOfOtherModels() throws IOException {
    for (String json : new String[] {"", "{", "{\"model_type\":\"opt\"}"}) {
      Files.writeString(folder.resolve("config.json"), json);
      NepentheException e =
          assertThrows(NepentheException.class, () -> ModelFolder.readModel(folder));
      assertEquals(ErrorCode.BAD_CHECKPOINT, e.code());
      assertTrue(e.getMessage().contains("config.json"), e.getMessage());
    }
  }

  private void write(float[] written) throws IOException {
    ModelFolder.write(folder, model, written, SpecialIds.NONE);
  }

  private void assertRefused(Gpt2 expected, String part) {
    NepentheException e =
        assertThrows(NepentheException.class, () -> ModelFolder.readValues(folder, expected));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
