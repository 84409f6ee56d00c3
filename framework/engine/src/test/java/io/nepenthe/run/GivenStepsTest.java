package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.estimate.Estimator;
import io.nepenthe.estimate.TaskEstimate;
import io.nepenthe.files.Folders;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.TrainingJob;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.SuiteReader;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.summary.RunReader;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.math.MathTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that were given, of several steps of one training, and text they may have memorized. */
class GivenStepsTest {
  @TempDir private static Path folder;
  private static Path plugins;

  @TempDir private Path out;

  @BeforeAll
  static void trainAndExport() throws IOException {
    plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TrainingPlan plan = TinySuite.training(0);
    new TrainingJob(plan.order(), plan.plain(), folder.resolve("cache"), (done, all) -> {}).run();
    CheckpointStore store = plan.checkpoints(folder.resolve("cache"));
    for (int passes : List.of(20, TinySuite.PASSES)) {
      Path exported = Files.createDirectories(folder.resolve("models")).resolve("step" + passes);
      ModelFolder.rewrite(store.find(passes).orElseThrow().folder(), exported);
    }
    TaskData data = plan.task().build(0, Set.of());
    data.scored().artifacts().writeCsv(folder.resolve("texts.csv"));
    data.extra().writeCsv(folder.resolve("random.csv"));
  }

  private Suite suite(String more) throws IOException {
    Path file = out.resolve("own.yaml");
    Files.writeString(
        file,
        """
        name: own
        description: For tests.
        protocol: "%s"
        seeds: [0]
        tasks:
          - id: given-{step}
            vary: {original.step: [20, 60]}
            version: 1
            kind: memorized
            data:
              memorized: FOLDER/texts.csv
              random: {file: FOLDER/random.csv, rows: 6}
              length: 34
              vocabulary: %d
            window: {prompt: 10, compare: 2}
            original: {folder: "FOLDER/models/step{step}", label: A Model, step: 20%s}
            budgetSeconds: 60
        methods:
          - id: shrinks
        """
            .formatted(ProtocolVersion.CURRENT, MathTokens.VOCABULARY, more)
            .replace("FOLDER", folder.toString()));
    return new SuiteReader(out).read(file.toString());
  }

  private static final String SHAPE =
      ", model: {architecture: gpt2, config: {vocab_size: 14, n_positions: 34, n_embd: %d,"
          + " n_layer: 2, n_head: 4, activation_function: relu}}";

  @Test
  void eachStepIsATaskThatIsMeasuredAndMitigated() throws IOException {
    Suite suite = suite("");
    TinySuite.runInSilence(suite, plugins, out.resolve("run"), folder.resolve("none"));
    List<OriginalResult> originals =
        RunReader.read(new RunStore(out.resolve("run"), line -> {})).originals();
    assertEquals(
        List.of("given-20", "given-60"),
        originals.stream().map(OriginalResult::task).sorted().toList());
    assertNotEquals(originals.get(0).checkpointHash(), originals.get(1).checkpointHash());
    assertFalse(originals.get(1).memorizedRows().isEmpty());
    assertEquals(2, TinySuite.trials(out.resolve("run")).size());
    RunInfo info = new RunStore(out.resolve("run"), line -> {}).info();
    assertEquals(20, info.task("given-20").moment());
    assertEquals(60, info.task("given-60").moment());
    assertEquals("A Model", info.task("given-60").model());
    assertEquals(info.task("given-20").rest(), info.task("given-60").rest());
    assertEquals(SelectionSpec.PYTHIA, info.selection("given-60"));
  }

  @Test
  void theShapeMayBeSaidAndIsThenHeldAgainstTheFolder() throws IOException {
    TaskInfo info = TaskInfo.of(suite(SHAPE.formatted(32)).tasks().get(0));
    assertEquals(2, info.layers());
    suite(SHAPE.formatted(32)).tasks().forEach(TaskSpec::architecture);
    TaskSpec other = suite(SHAPE.formatted(64)).tasks().get(0);
    NepentheException e = assertThrows(NepentheException.class, other::architecture);
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertTrue(e.getMessage().contains("n_embd is 64, but the model has 32"), e.getMessage());
  }

  @Test
  void withoutTheFoldersASuiteIsDescribedAndARunSaysWhatItNeeds() throws IOException {
    Suite suite = suite(SHAPE.formatted(32));
    Path models = folder.resolve("models");
    Path away = folder.resolve("away");
    Files.move(models, away);
    try {
      RunPlan plan = RunPlan.of(suite, PluginCatalog.scan(List.of(plugins)));
      TaskEstimate estimate = new Estimator(plan, folder.resolve("none"), 0).estimate(1).total();
      assertEquals(2, estimate.trials());
      assertEquals(
          List.of(models.resolve("step20").toString(), models.resolve("step60").toString()),
          estimate.missing());
      Path run = out.resolve("run");
      NepentheException e =
          assertThrows(
              NepentheException.class,
              () -> TinySuite.run(suite, plugins, run, folder.resolve("none")));
      assertEquals(ErrorCode.BAD_DATA, e.code());
      assertTrue(
          e.getMessage().startsWith("task given-20 needs what is not there: " + models),
          e.getMessage());
      assertFalse(Files.exists(run));
    } finally {
      Folders.delete(models);
      Files.move(away, models);
    }
  }
}
