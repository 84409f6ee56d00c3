package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.estimate.Estimator;
import io.nepenthe.estimate.MethodMemory;
import io.nepenthe.estimate.RunEstimate;
import io.nepenthe.estimate.TaskEstimate;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.TimingRounds;
import io.nepenthe.suite.SuiteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimatorTest {
  private static final String SUITE =
      """
      name: two
      description: For tests.
      protocol: "1.1"
      seeds: [0, 1, 3]
      tasks:
        - id: noise-p{mitigateAfter}
          vary: {mitigateAfter: [2, 3]}
          version: 1
          kind: math
          data:
            family: additive
            numbers: 8
            length: 34
            primary: 7
            auxiliary: [2]
            primaryRows: 40
            auxiliaryRows: 20
            testRows: 5
            artifact: {kind: noise, rows: 8, rate: 0.4}
          window: {prompt: 10, compare: 12}
          model: {layers: 1, width: 16, heads: 2}
          training: {passes: 3, batchSize: 16, learningRate: 0.005, checkpoints: [2]}
          budgetSeconds: 60
      methods:
        - id: slim
        - {id: extra-fine-tuning, seeds: [0]}
        - {id: loss-truncation, grid: {dropc: [0.01, 0.05]}}
      """;

  @TempDir private Path folder;

  private RunEstimate estimate(String yaml, int workers, int forks) throws IOException {
    Files.writeString(folder.resolve("two.yaml"), yaml);
    RunPlan plan =
        RunPlan.of(
            new SuiteReader(folder).read("two"),
            PluginCatalog.scan(List.of(Path.of("../plugins"))));
    return new Estimator(plan, folder.resolve("cache"), forks).estimate(workers);
  }

  @Test
  void countsWhatTheSuiteAsksForAndSharedWorkOnce() throws IOException {
    RunEstimate estimate = estimate(SUITE, 2, 0);
    TaskEstimate first = estimate.tasks().get(0);
    assertEquals(3 + 3 * 2, first.trainings()); // originals and regularized
    assertEquals(0, estimate.tasks().get(1).trainings()); // those of the first task
    assertEquals(9 * 3 + 1 + 2 * 3, first.trials());
    assertEquals(3 + 1, first.localizations()); // slim's nine points share one
    assertEquals(9 + 3 + 1, first.workerStarts()); // a training or a localization each
    assertEquals(2 * first.trials(), estimate.total().trials());
    assertEquals(List.of(), first.unknownMethods());
    assertTrue(first.trainingSeconds() > 0 && first.methodSeconds() > 0);
    // two kept checkpoints of nine trainings: weights and two moments
    long parameters = 14 * 16 + 34 * 16 + 12 * 16 * 16 + 13 * 16 + 2 * 16;
    assertEquals(9 * 2 * 12 * parameters, first.checkpointBytes());
  }

  /** Neither the models nor the rows of this suite are here: shapes and types are the suite's. */
  @Test
  void memoryIsToldBeforeTheModelIsThere() {
    RunPlan plan =
        RunPlan.of(
            new SuiteReader(Path.of("suites")).read("table3-2.8b"),
            PluginCatalog.scan(List.of(Path.of("../plugins"))));
    RunEstimate estimate = new Estimator(plan, folder.resolve("cache"), 0).estimate(1);
    TaskEstimate first = estimate.tasks().get(0);
    assertFalse(first.missing().isEmpty());
    assertEquals("float16, as the suite says", first.weights());
    long weights = 2 * 2_775_208_960L;
    for (MethodMemory each : estimate.total().memory()) {
      assertTrue(each.deviceBytes() >= 2 * weights, each.toString());
      assertTrue(each.deviceBytes() <= 5.5 * weights, each.toString());
    }
    assertEquals(10, estimate.total().memory().size());
    String text = EstimateText.of(estimate);
    assertTrue(
        text.contains("weights counted as float16, as the suite says: pythia-2-8b-step36000, "),
        text);
  }

  @Test
  void workersShareTheSweepButNotTheTiming() throws IOException {
    RunEstimate alone = estimate(SUITE, 1, 3);
    RunEstimate four = estimate(SUITE, 4, 3);
    assertEquals(
        four.total().timingSeconds()
            + (four.total().trainingSeconds()
                    + four.total().methodSeconds()
                    + four.total().measuringSeconds()
                    + four.total().workerStarts() * RunEstimate.SECONDS_OF_A_START)
                / 4,
        four.wallSeconds(),
        1e-9);
    assertTrue(alone.total().timingSeconds() >= 2 * 3 * 3 * 3); // tasks, methods, forks, seconds
    assertEquals(0, estimate(SUITE, 1, 0).total().timingSeconds());
  }

  @Test
  void challengesCountForTheOriginalAndEveryWinner() throws IOException {
    String steps = "challenges: [{kind: relearning, steps: [0, 8]}, {kind: rounding}]\n";
    TaskEstimate plain = estimate(SUITE, 1, 0).tasks().get(0);
    RunEstimate challenged = estimate(SUITE.replace("tasks:", steps + "tasks:"), 4, 0);
    TaskEstimate first = challenged.tasks().get(0);
    assertEquals(0, plain.challengeSeconds());
    assertEquals(plain.trials(), first.trials());
    // the curve of an original is measured at one checkpoint, each trial once
    double measurement = first.measuringSeconds() / (3 + 9 * 3 + 1 + 2 * 3);
    int subjects = 3 + 3 + 1 + 3; // originals; winners of slim, fine-tuning and loss truncation
    int readings = 1 + 3 + 1 + 3; // of a step and three kinds of rows; of three formats
    assertTrue(first.challengeSeconds() > subjects * readings * measurement);
    TaskEstimate all = challenged.total();
    assertEquals(
        (all.trainingSeconds()
                + all.methodSeconds()
                + all.measuringSeconds()
                + all.challengeSeconds()
                + all.workerStarts() * RunEstimate.SECONDS_OF_A_START)
            / 4,
        challenged.wallSeconds(),
        1e-9);
    assertTrue(EstimateText.of(challenged).contains(" challenges\n"));
  }

  @Test
  void reachStartsAWorkerForEachWinnerThatIsShownArtifacts() throws IOException {
    String reach = SUITE.replace("tasks:", "challenges: [{kind: reach}]\ntasks:");
    assertEquals(9 + 3 + 1 + 3, estimate(reach, 1, 0).tasks().get(0).workerStarts()); // slim's
  }

  /** A short method has up to nine rounds in a process, and one before them. */
  @Test
  void aForkRepeatsWhatIsShort() throws IOException {
    String one = SUITE.replace("  - id: slim\n", "").replaceAll("(?m)^.*loss-truncation.*\n", "");
    TaskEstimate first = estimate(one, 1, 2).tasks().get(0);
    int rounds = TimingRounds.of(first.methodSeconds());
    assertTrue(rounds > 1, "too slow a machine: " + first.methodSeconds());
    assertEquals(2 * (3 + (1 + rounds) * first.methodSeconds()), first.timingSeconds(), 1e-9);
  }

  @Test
  void saysWhatIsNotComputedInFloat32() throws IOException {
    String half = SUITE.replace("version: 1", "version: 1\n    computeType: bfloat16");
    String text = EstimateText.of(estimate(half, 1, 0));
    assertTrue(text.contains("measured and mitigated in bfloat16: noise-p2, noise-p3\n"), text);
    assertFalse(EstimateText.of(estimate(SUITE, 1, 0)).contains("mitigated in"));
  }

  @ParameterizedTest
  @CsvSource({"0, 9", "0.1, 9", "0.3, 5", "0.4, 5", "0.5, 3", "0.7, 1", "2, 1", "900, 1"})
  void roundsAreOddAndFitTwoSeconds(double seconds, int rounds) {
    assertEquals(rounds, TimingRounds.of(seconds));
  }
}
