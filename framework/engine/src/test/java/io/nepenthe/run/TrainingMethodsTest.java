package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.judge.Judge;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.TaskData;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of methods that take part in training, and the models they leave. */
class TrainingMethodsTest {
  private static final double STRENGTH = 0.1;
  private static final TaskSpec TASK = TinySuite.task(60);

  @TempDir private static Path folder;
  private static Listener listener;
  private static PluginCatalog catalog;

  @BeforeAll
  static void run() {
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "folds", TestMethods.Folds.class, STRENGTH);
    TestMethods.jar(plugins, "gates-too-little", TestMethods.GatesTooLittle.class, STRENGTH);
    TestMethods.jar(
        plugins,
        "leaves-artifacts-out",
        TestMethods.LeavesArtifactsOut.class,
        """
        "family": "control", "runs": "in-training", "needs": ["extra"]""",
        STRENGTH);
    TestMethods.jar(
        plugins,
        "does-not-ask",
        TestMethods.LeavesArtifactsOut.class,
        """
        "family": "regularizer", "needs": []""",
        STRENGTH);
    TestMethods.jar(
        plugins,
        "pretends",
        TestMethods.Shrinks.class,
        """
        "family": "control", "runs": "in-training\"""",
        STRENGTH);
    catalog = PluginCatalog.scan(List.of(plugins));
    listener =
        TinySuite.run(
            TinySuite.suite(
                List.of(0L),
                60,
                "folds",
                "gates-too-little",
                "leaves-artifacts-out",
                "does-not-ask",
                "pretends"),
            plugins,
            folder.resolve("out"),
            folder.resolve("cache"));
  }

  private static TrialResult trial(String method) {
    return TinySuite.trials(folder.resolve("out")).values().stream()
        .filter(trial -> trial.identity().method().equals(method))
        .findAny()
        .orElseThrow();
  }

  private static Checkpoint checkpoint(TrainingPlan plan) {
    return plan.checkpoints(folder.resolve("cache")).find(TinySuite.PASSES).orElseThrow();
  }

  private static Checkpoint original() {
    return checkpoint(TinySuite.training(0));
  }

  private static Checkpoint checkpoint(String method) {
    InstalledPlugin plugin = catalog.require(method);
    RegularizerUse use =
        new RegularizerUse(
            method,
            plugin.version(),
            plugin.jar().toString(),
            plugin.sha256(),
            Map.of("strength", STRENGTH));
    TrainingPlan plain = TinySuite.training(0);
    return checkpoint(
        new TrainingPlan(TASK, 0, plain.fidelity(), plain.threads(), plain.device(), use));
  }

  @Test
  void theModelHandedOverIsFoldedAndTheTrainedOneIsKept() {
    float[] trained = checkpoint("folds").trainedValues();
    float[] folded = checkpoint("folds").values();
    assertArrayEquals(original().values(), trained);
    for (int i = 0; i < trained.length; i++) {
      assertEquals(trained[i] * (1 - (float) STRENGTH), folded[i], 0);
    }
  }

  @Test
  void theJudgeMeasuresTheModelInUse() {
    Checkpoint folds = checkpoint("folds");
    Judge judge = new Judge(TASK, 0, Set.of());
    float[] factors = folds.positionFactors().orElseThrow();
    assertEquals(1 / (1 + (float) STRENGTH * 3), factors[3]);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      assertEquals(judge.measure(folds, manager).scores(), trial("folds").after());
      Weights weights = ModelFolder.readWeights(folds.folder(), folds.model(), manager);
      assertNotEquals(judge.measure(weights, Optional.empty()).scores(), trial("folds").after());
    }
  }

  @Test
  void methodsCanChooseTheirRows() {
    TaskData data = TASK.build(0, Set.of());
    assertTrue(trial("leaves-artifacts-out").isValid());
    assertArrayEquals(trainedOnExtra(data), checkpoint("leaves-artifacts-out").values());
    assertEquals(data.extra().rows(), checkpoint("leaves-artifacts-out").record().ownRows());
    assertNull(checkpoint("folds").record().ownRows());
  }

  private static float[] trainedOnExtra(TaskData data) {
    LanguageModel model = TASK.architecture();
    TrainingSettings settings = TASK.training().settings();
    RandomStreams streams = new RandomStreams(0);
    Torch.useThreads(1);
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights =
            Weights.of(
                model.layout(), manager, model.initialValues(streams.stream("initialisation")));
        Training training =
            new Training(
                model,
                weights,
                data.extra(),
                data.trainedLength(Set.of()),
                settings,
                TrainingHook.NONE,
                streams,
                OptimizerState.FRESH)) {
      for (int pass = 0; pass < settings.passes(); pass++) {
        training.pass(pass);
      }
      return weights.toFloats();
    }
  }

  @Test
  void aMethodWithRowsOfItsOwnIsChargedItsWholeTraining() {
    Checkpoint own = checkpoint("leaves-artifacts-out");
    assertEquals(own.record().seconds(), trial("leaves-artifacts-out").time().seconds(), 1e-9);
    Checkpoint all = checkpoint("folds");
    assertTrue(trial("folds").time().seconds() < all.record().seconds() / 2);
  }

  @Test
  void mistakesAreFailedTrialsWithAReason() {
    failsWith("gates-too-little", "33 position factors for a model of 34 positions");
    failsWith("does-not-ask", "the method reads its extra, which it was not given");
    failsWith("pretends", "only a Regularizer runs in-training");
    assertEquals(3, listener.warnings().size(), listener.warnings().toString());
  }

  private static void failsWith(String method, String reason) {
    TrialOutcome outcome = trial(method).outcome();
    assertTrue(outcome instanceof TrialOutcome.Failed, outcome.toString());
    assertTrue(outcome.explanation().contains(reason), outcome.toString());
  }

  @Test
  void whatPlainTrainingDoesNotNeedIsNotInItsRecord() throws IOException {
    String record = Files.readString(original().folder().resolve("training.json"));
    assertFalse(record.contains("ownRows") || record.contains("positionFactors"), record);
    assertArrayEquals(original().values(), original().trainedValues());
  }
}
