package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.host.LocalRun;
import io.nepenthe.host.Original;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunTest {
  private static final Gpt2 MODEL = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 1, 2));

  @TempDir private Path folder;

  private int changedTensors(String edits) throws IOException {
    String said = "\"family\": \"unlearning\", \"edits\": %s, \"needs\": []".formatted(edits);
    TestMethods.jar(folder.resolve("plugins"), "shrinks", TestMethods.Shrinks.class, said, 0.5);
    Path model = folder.resolve("model");
    try (NDManager manager = Torch.newManager(Torch.device("cpu"));
        Weights weights =
            Weights.of(
                MODEL.layout(), manager, MODEL.initialValues(new RandomStreams(0).stream("w")))) {
      ModelFolder.write(model, MODEL, weights, SpecialIds.NONE);
    }
    Original original =
        new Original(
            model,
            MODEL,
            Given.NOTHING,
            new MitigationContext.Trained(null, 8, 0, OptimizerState.FRESH),
            Set.of(),
            0,
            "cpu",
            FloatType.FLOAT32);
    LocalRun run =
        new LocalRun(PluginCatalog.scan(List.of(folder.resolve("plugins"))).require("shrinks"));
    return run.edit(
        original, Map.of("strength", 0.5), Progress.SILENT, edited -> edited.changed().size());
  }

  @Test
  void aMethodMayChangeWhatItsEditsName() throws IOException {
    assertTrue(changedTensors("[\"mlp\", \"attention\", \"norms\", \"embeddings\"]") > 5);
  }

  @Test
  void aChangeElsewhereFailsAndSaysWhere() {
    NepentheException e =
        assertThrows(NepentheException.class, () -> changedTensors("[\"mlp\", \"attention\"]"));
    assertEquals(ErrorCode.TRIAL_FAILED, e.code());
    assertTrue(e.getMessage().contains("add \"embeddings\" to edits"), e.getMessage());
    assertTrue(e.getMessage().endsWith("Nothing is written."), e.getMessage());
  }
}
