package io.nepenthe.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.editing.Edits;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model of half precision takes that is edited: itself once, and what was edited. */
class MappedMemoryTest {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final String MATRIX = "transformer.h.1.mlp.c_fc.weight";
  private static final long A_FEW_PAGES = 1 << 18;

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(2000, 16, 256, 4, 4));

  @TempDir private Path folder;

  /** Returns the bytes that mappings of the model's file have of a kind. */
  private long held(String kind) throws IOException {
    String name = folder.toRealPath().resolve("model/model.safetensors").toString();
    boolean isOfFile = false;
    long kilobytes = 0;
    for (String line : Files.readAllLines(MAPPINGS)) {
      List<String> words = List.of(line.split("\\s+"));
      if (words.get(0).contains("-")) {
        isOfFile = line.endsWith(name);
      } else if (isOfFile && words.get(0).equals(kind + ":")) {
        kilobytes += Long.parseLong(words.get(1));
      }
    }
    return 1024 * kilobytes;
  }

  /** Writes to every page of the matrix. */
  private static void touch(Weights edited) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      edited.tensor(MATRIX).muli(1);
    }
  }

  @Test
  void anEditTakesMemoryForWhatItEditsOnly() throws IOException {
    assumeTrue(Files.exists(MAPPINGS), "this system does not tell what a process maps");
    Path place = folder.resolve("model");
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      Weights drawn = Weights.zeros(model.layout(), manager, tensor -> FloatType.FLOAT16);
      float[] values = model.initialValues(new RandomStreams(0).stream("initialisation"));
      drawn.set(Weights.of(model.layout(), manager, values));
      ModelFolder.write(place, model, drawn, SpecialIds.NONE);
      Weights edited = ModelFolder.mapWeights(place, model, manager);
      Weights original = edited.copyOfUnedited(manager);
      long size = Files.size(place.resolve("model.safetensors"));
      assertTrue(held("Rss") <= size + A_FEW_PAGES, "read once, " + held("Rss"));

      TensorSpec matrix = model.layout().tensor(MATRIX);
      Edits.zeroEntries(edited, MATRIX, new long[] {0, matrix.size() - 1});
      touch(edited);
      long own = held("Private_Dirty");
      assertTrue(
          own >= matrix.size() * Short.BYTES && own <= matrix.size() * Short.BYTES + A_FEW_PAGES,
          own + " bytes of the " + matrix.size() + " numbers that were edited");

      assertEquals(Map.of(MATRIX, 2L), edited.editedEntries(original));
      assertTrue(held("Rss") <= size + A_FEW_PAGES, "compared, " + held("Rss"));
      assertEquals(Map.of(MATRIX, 2L), edited.changedEntries(original));
      edited.setToUnedited(original);
      assertEquals(Map.of(), edited.editedEntries(original));
      assertEquals(0, held("Private_Dirty"));
    }
  }
}
