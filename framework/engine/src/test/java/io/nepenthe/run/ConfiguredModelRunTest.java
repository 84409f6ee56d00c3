package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.estimate.Estimator;
import io.nepenthe.estimate.TaskEstimate;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.TrainingJob;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.suite.TrainingSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suites whose models are given by the configuration of their own architectures. */
class ConfiguredModelRunTest {
  private static final String LLAMA =
      "{\"hidden_size\": 32, \"num_hidden_layers\": 2, \"num_attention_heads\": 4,"
          + " \"num_key_value_heads\": 2, \"intermediate_size\": 24}";
  private static final int PASSES = 60;

  @TempDir private Path folder;

  private static TaskSpec task(String architecture, String config) throws JsonProcessingException {
    TaskSpec tiny = TinySuite.task(120);
    return new TaskSpec(
        TinySuite.TASK,
        1,
        "math",
        tiny.data(),
        tiny.window(),
        new ModelSpec(null, null, null, architecture, (ObjectNode) Json.mapper().readTree(config)),
        new TrainingSpec(PASSES, 8, 5e-3, 0.01, List.of(20, 40)),
        120,
        null,
        null,
        null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama | " + LLAMA,
        "gpt_neox | {\"hidden_size\": 32, \"num_hidden_layers\": 2, \"num_attention_heads\": 2,"
            + " \"intermediate_size\": 24, \"rotary_pct\": 0.5, \"use_parallel_residual\": false}",
      })
  void aSuiteTrainsCachesAndScoresIt(String architecture, String config) throws IOException {
    Path plugins = folder.resolve("plugins");
    Path cache = folder.resolve("cache");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    Suite suite = TinySuite.suite(task(architecture, config), List.of(0L), "shrinks");
    RunPlan plan = RunPlan.of(suite, PluginCatalog.scan(List.of(plugins)));
    TaskEstimate before = new Estimator(plan, cache, 0).estimate(1).total();
    assertTrue(before.trainingSeconds() > 0);
    assertEquals(0, before.trainingsInCache());

    TinySuite.runInSilence(suite, plugins, folder.resolve("out"), cache);
    TrialResult trial = TinySuite.trials(folder.resolve("out")).values().iterator().next();
    assertTrue(trial.isValid(), trial.outcome().explanation());
    assertTrue(trial.changedEntries() > 0);
    assertEquals(1, new Estimator(plan, cache, 0).estimate(1).total().trainingsInCache());

    Listener again = TinySuite.run(suite, plugins, folder.resolve("again"), cache);
    assertEquals(List.of(), again.trainings());
    assertEquals(
        TinySuite.lasting(folder.resolve("out")), TinySuite.lasting(folder.resolve("again")));
  }

  @Test
  void anInterruptedTrainingEndsWithTheSameWeightsAndIsExported() throws IOException {
    TaskSpec task = task("llama", LLAMA);
    TrainingPlan plan = new TrainingPlan(task, 0, Fidelity.CLEAN, 1, "cpu", null);
    CheckpointStore store = plan.checkpoints(folder);
    train(plan);
    float[] whole = store.find(PASSES).orElseThrow().values();
    Folders.delete(store.find(PASSES).orElseThrow().folder());
    Folders.delete(store.find(40).orElseThrow().folder());
    train(plan);
    Checkpoint resumed = store.find(PASSES).orElseThrow();
    assertArrayEquals(whole, resumed.values());

    Path exported = folder.resolve("exported");
    ModelFolder.rewrite(resumed.folder(), exported);
    assertArrayEquals(whole, Checkpoint.given(exported).values());
    assertEquals(
        Map.of("num_key_value_heads", 2, "intermediate_size", 24),
        Map.of(
            "num_key_value_heads", config(exported).path("num_key_value_heads").asInt(),
            "intermediate_size", config(exported).path("intermediate_size").asInt()));
  }

  private static ObjectNode config(Path model) throws IOException {
    return (ObjectNode) Json.mapper().readTree(model.resolve("config.json").toFile());
  }

  private void train(TrainingPlan plan) {
    new TrainingJob(plan.order(), plan.plain(), folder, (done, total) -> {}).run();
  }
}
