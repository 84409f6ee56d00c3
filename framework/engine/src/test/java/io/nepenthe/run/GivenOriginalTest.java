package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.estimate.Estimator;
import io.nepenthe.estimate.TaskEstimate;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.FurtherTraining;
import io.nepenthe.suite.GivenOriginal;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.SuiteReader;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.summary.RunReader;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.math.MathTokens;
import io.nepenthe.task.rows.RowsDataSpec;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is trained here, exported, and given to another suite as its original. */
class GivenOriginalTest {
  private static final FurtherTraining TRAINING = new FurtherTraining(8, 5e-3, 0.01);
  private static final TaskSpec TRAINED = TinySuite.task(120);

  @TempDir private static Path folder;
  private static Path plugins;
  private static Path trained;
  private static Path exported;
  private static Checkpoint checkpoint;

  @TempDir private Path out;

  @BeforeAll
  static void trainAndExport() throws IOException {
    plugins = folder.resolve("plugins");
    trained = folder.resolve("trained");
    exported = folder.resolve("exported");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01);
    TestMethods.jar(
        plugins,
        "tunes",
        TestMethods.Tunes.class,
        "\"family\": \"fine-tuning\", \"needs\": [\"extra\"]",
        0.5);
    TestMethods.jar(
        plugins,
        "tunes-unsaid",
        TestMethods.Tunes.class,
        "\"family\": \"control\", \"needs\": [\"extra\"]",
        0.5);
    Path cache = folder.resolve("cache");
    TinySuite.run(suite(TRAINED, "shrinks", "splits", "tunes"), plugins, trained, cache);
    checkpoint = TinySuite.training(0).checkpoints(cache).find(TinySuite.PASSES).orElseThrow();
    ModelFolder.rewrite(checkpoint.folder(), exported);
  }

  private static Suite suite(TaskSpec task, String... methods) {
    return new Suite(
        "tiny",
        "For tests.",
        ProtocolVersion.CURRENT,
        Fidelity.CLEAN,
        List.of(0L),
        1,
        "cpu",
        null,
        null,
        List.of(task),
        Arrays.stream(methods).map(id -> new MethodChoice(id, null, null)).toList());
  }

  private static TaskSpec given(
      String kind, DataSpec data, Path model, @Nullable FurtherTraining training) {
    return given(kind, data, model, training, FloatType.FLOAT32);
  }

  private static TaskSpec given(
      String kind,
      DataSpec data,
      Path model,
      @Nullable FurtherTraining training,
      FloatType computeType) {
    return new TaskSpec(
        TinySuite.TASK,
        1,
        kind,
        data,
        TRAINED.window(),
        null,
        null,
        TRAINED.budgetSeconds(),
        null,
        new GivenOriginal(model.toString(), training),
        null,
        null,
        computeType);
  }

  private static TaskSpec given(Path model, @Nullable FurtherTraining training) {
    return given("math", TRAINED.data(), model, training);
  }

  private Map<String, String> run(TaskSpec task, String... methods) {
    Listener listener = TinySuite.run(suite(task, methods), plugins, out, folder.resolve("none"));
    assertEquals(List.of(), listener.warnings());
    assertEquals(0, listener.trainings().size());
    return results(out);
  }

  /** What a trial found, by method and grid point. */
  private static Map<String, String> results(Path run) {
    Map<String, String> results = new TreeMap<>();
    for (TrialResult trial : TinySuite.trials(run).values()) {
      results.put(
          trial.identity().method() + trial.identity().hyperparameters(),
          trial.outcome() + " before " + trial.before() + " after " + trial.after());
    }
    return results;
  }

  @Test
  void anExportedModelGetsTheScoresItHasWhereItWasTrained() {
    Map<String, String> here = results(trained);
    Map<String, String> given = run(given(exported, TRAINING), "shrinks", "splits", "tunes");
    assertEquals(here.keySet(), given.keySet());
    assertEquals(4, given.size());
    String tuned = given.remove("tunes{strength=0.5}");
    assertTrue(tuned.startsWith("Valid"), tuned);
    assertNotEquals(here.remove("tunes{strength=0.5}"), tuned); // without what its optimizer knew
    assertEquals(here, given);
  }

  @Test
  void aCheckpointThatIsGivenIsTrainedOnWhereItEnded() {
    assertEquals(
        results(trained), run(given(checkpoint.folder(), TRAINING), "shrinks", "splits", "tunes"));
  }

  @Test
  void judgeAndWorkerComputeInTheTypeThatTheTaskNames() {
    run(
        given("math", TRAINED.data(), checkpoint.folder(), TRAINING, FloatType.BFLOAT16),
        "shrinks",
        "tunes");
    TrialResult shrunk = trial(out, "shrinks");
    TrialResult widely = trial(trained, "shrinks"); // which computes nothing
    assertEquals(widely.mitigatedHash(), shrunk.mitigatedHash());
    assertNotEquals(widely.before(), shrunk.before());
    assertNotEquals(widely.after(), shrunk.after());
    assertNotEquals(trial(trained, "tunes").mitigatedHash(), trial(out, "tunes").mitigatedHash());
  }

  private static TrialResult trial(Path run, String method) {
    return TinySuite.trials(run).values().stream()
        .filter(trial -> trial.identity().method().equals(method))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOriginalIsMeasuredOnceAndHasNoCurve() {
    run(given(exported, null), "shrinks");
    OriginalResult here = RunReader.read(new RunStore(trained, line -> {})).originals().get(0);
    OriginalResult given = RunReader.read(new RunStore(out, line -> {})).originals().get(0);
    assertEquals(here.scores(), given.scores());
    assertEquals(here.memorizedRows(), given.memorizedRows());
    assertEquals(here.parameters(), given.parameters());
    assertEquals(List.of(), given.curve());
  }

  @Test
  void aMethodThatTrainsOnSaysBeforeTheRunWhatIsMissing() {
    Suite suite = suite(given(exported, null), "tunes");
    PluginCatalog catalog = PluginCatalog.scan(List.of(plugins));
    NepentheException e = assertThrows(NepentheException.class, () -> RunPlan.of(suite, catalog));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertTrue(e.getMessage().contains("method tunes"), e.getMessage());
    assertTrue(e.getMessage().contains("Set original.training (batchSize"), e.getMessage());
  }

  @Test
  void aMethodThatTrainsOnUnannouncedFailsWithTheKeyThatIsMissing() {
    Suite suite = suite(given(exported, null), "tunes-unsaid", "shrinks");
    TinySuite.run(suite, plugins, out, folder.resolve("none"));
    assertTrue(results(out).get("shrinks{strength=0.5}").startsWith("Valid"));
    String failed = results(out).get("tunes-unsaid{strength=0.5}");
    assertTrue(failed.startsWith("Failed") && failed.contains("set original.training"), failed);
  }

  @Test
  void aRegularizerHasNoTrialsWhereNothingIsTrained() {
    assertEquals(
        Set.of("shrinks{strength=0.5}"), run(given(exported, null), "fades", "shrinks").keySet());
  }

  /** Writes the rows of the math task as files; methods are to keep the first of the others. */
  private TaskSpec filed(int retained) throws IOException {
    Path rows = Files.createDirectories(folder.resolve("rows-" + retained));
    TaskData data = TRAINED.build(0, Set.of());
    data.scored().artifacts().writeCsv(rows.resolve("artifacts.csv"));
    data.scored().twins().writeCsv(rows.resolve("twins.csv"));
    data.extra().writeCsv(rows.resolve("extra.csv"));
    data.extra().slice(0, retained).writeCsv(rows.resolve("retain.csv"));
    data.tests().values().iterator().next().writeCsv(rows.resolve("test-held-out.csv"));
    RowsDataSpec spec =
        new RowsDataSpec(
            rows.toString(), TRAINED.data().length(), MathTokens.VOCABULARY, MathTokens.PADDING);
    return given("rows", spec, exported, null);
  }

  @Test
  void filesOfIdsAreRowsLikeOthers() throws IOException {
    Map<String, String> results = run(filed(1), "shrinks");
    assertEquals(Set.of("shrinks{strength=0.5}"), results.keySet());
    OriginalResult here = RunReader.read(new RunStore(trained, line -> {})).originals().get(0);
    OriginalResult given = RunReader.read(new RunStore(out, line -> {})).originals().get(0);
    assertEquals(here.scores().memorization(), given.scores().memorization());
    assertEquals(here.memorizedRows(), given.memorizedRows());
  }

  @Test
  void trialsWithOtherRowsToKeepAreOthers() throws IOException {
    run(filed(1), "shrinks");
    Set<String> before = TinySuite.trials(out).keySet();
    run(filed(1), "shrinks");
    assertEquals(before, TinySuite.trials(out).keySet());
    run(filed(2), "shrinks");
    assertEquals(2, TinySuite.trials(out).size());
  }

  @Test
  void anEstimateCountsNoTraining() {
    RunPlan plan =
        RunPlan.of(suite(given(exported, null), "shrinks"), PluginCatalog.scan(List.of(plugins)));
    TaskEstimate estimate = new Estimator(plan, folder.resolve("none"), 0).estimate(1).total();
    assertEquals(0, estimate.trainings());
    assertEquals(0, estimate.trainingSeconds());
    assertEquals(0, estimate.checkpointBytes());
    assertTrue(estimate.measuringSeconds() > 0);
    assertEquals(1, estimate.trials());
  }

  @Test
  void aSuiteFileNamesFolderAndTraining() throws IOException {
    Path file = out.resolve("own.yaml");
    Files.writeString(
        file,
        """
        name: own
        description: For tests.
        protocol: "%s"
        seeds: [0]
        tasks:
          - id: given
            version: 1
            kind: rows
            data: { folder: rows, length: 34, vocabulary: 14 }
            window: { prompt: 10, compare: 2 }
            original:
              folder: models/tiny
              training: { batchSize: 8, learningRate: 0.005, weightDecay: 0.01 }
            budgetSeconds: 60
        methods:
          - id: shrinks
        """
            .formatted(ProtocolVersion.CURRENT));
    TaskSpec task = new SuiteReader(out).read(file.toString()).tasks().get(0);
    assertEquals(new GivenOriginal("models/tiny", TRAINING), task.original());
    assertEquals(new RowsDataSpec("rows", 34, 14, null), task.data());
    assertEquals(8, task.furtherTraining().orElseThrow().batchSize());
  }

  @Test
  void theTaskIsTheSameWhereverItsModelLies() {
    assertEquals(given(exported, null).hash(), given(out, null).hash());
    assertNotEquals(given(exported, null).hash(), given(exported, TRAINING).hash());
  }

  @Test
  void rowsMustFitTheModel() {
    RowsDataSpec spec = new RowsDataSpec("rows", 1000, MathTokens.VOCABULARY, null);
    NepentheException e =
        assertThrows(
            NepentheException.class, () -> given("rows", spec, exported, null).architecture());
    assertTrue(e.getMessage().contains("the rows have 1000"), e.getMessage());
  }
}
