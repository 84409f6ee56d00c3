package io.nepenthe.run;

import static io.nepenthe.testkit.BrokenPlugin.CLOSES_WEIGHTS;
import static io.nepenthe.testkit.BrokenPlugin.CRASHES;
import static io.nepenthe.testkit.BrokenPlugin.EDITS_WHILE_LOCALIZING;
import static io.nepenthe.testkit.BrokenPlugin.EXHAUSTS_MEMORY;
import static io.nepenthe.testkit.BrokenPlugin.EXITS;
import static io.nepenthe.testkit.BrokenPlugin.HANGS;
import static io.nepenthe.testkit.BrokenPlugin.HANGS_STUBBORNLY;
import static io.nepenthe.testkit.BrokenPlugin.LOCALIZES_NOTHING;
import static io.nepenthe.testkit.BrokenPlugin.PRINTS;
import static io.nepenthe.testkit.BrokenPlugin.READS_UNDECLARED_DATA;
import static io.nepenthe.testkit.BrokenPlugin.RETURNS_NAN;
import static io.nepenthe.testkit.BrokenPlugin.THROWS;
import static io.nepenthe.testkit.BrokenPlugin.WRONG_DESCRIPTOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import io.nepenthe.testkit.BrokenMethods;
import io.nepenthe.testkit.BrokenPlugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs with every plugin that misbehaves, those that trouble a process between plugins that behave.
 * Those that hang have a run of their own: theirs is the only budget that a busy machine may use
 * up.
 */
class BrokenPluginsTest {
  private static final double BUDGET_SECONDS = 120;
  private static final double BUDGET_OF_HANGING_SECONDS = 3;
  private static final List<BrokenPlugin> HANGING = List.of(HANGS, HANGS_STUBBORNLY);
  private static final List<BrokenPlugin> HARMLESS =
      List.of(
          THROWS,
          RETURNS_NAN,
          READS_UNDECLARED_DATA,
          LOCALIZES_NOTHING,
          EDITS_WHILE_LOCALIZING,
          WRONG_DESCRIPTOR);
  private static final List<BrokenPlugin> HARMFUL =
      List.of(PRINTS, CLOSES_WEIGHTS, EXITS, CRASHES, EXHAUSTS_MEMORY);

  @TempDir private static Path folder;
  private static Listener listener;
  private static final Map<String, List<TrialResult>> TRIALS = new TreeMap<>();

  @BeforeAll
  static void run() {
    Path plugins = folder.resolve("plugins");
    Stream.of(HARMLESS, HARMFUL, HANGING).flatMap(List::stream).forEach(each -> each.jar(plugins));
    TestMethods.jar(plugins, "errs", TestMethods.Errs.class, 0.5);
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "explodes", TestMethods.Explodes.class, 0.5);
    TestMethods.jar(plugins, "tells-its-heap", TestMethods.TellsItsHeap.class, 0.5);
    TestMethods.jar(plugins, "looks-for-rows", TestMethods.LooksForRows.class, 0.5);
    TestMethods.jar(plugins, "prepays", TestMethods.Prepays.class, 0.2, 0.5);
    TestMethods.jar(plugins, "finds-more", TestMethods.FindsMore.class, 0.5);
    TestMethods.jar(plugins, "fails-when-strong", TestMethods.FailsWhenStrong.class, 0.9, 0.1);
    TestMethods.jar(plugins, "exits-when-strong", TestMethods.ExitsWhenStrong.class, 0.1, 0.9, 0.2);
    TestMethods.jar(plugins, "leaves-threads", TestMethods.LeavesThreads.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1);
    listener = new Listener();
    List<String> harmless = ids(HARMLESS);
    harmless.addAll(List.of("explodes", "prepays", "finds-more", "fails-when-strong"));
    Path out = folder.resolve("harmless");
    TinySuite.run(suite(BUDGET_SECONDS, harmless), plugins, out, cache(), listener);
    List<String> harmful = new ArrayList<>(List.of("shrinks"));
    harmful.addAll(ids(HARMFUL));
    harmful.addAll(
        List.of(
            "tells-its-heap",
            "looks-for-rows",
            "exits-when-strong",
            "leaves-threads",
            "errs",
            "splits"));
    runInProcesses(suite(BUDGET_SECONDS, harmful), plugins, folder.resolve("harmful"));
    runInProcesses(
        suite(BUDGET_OF_HANGING_SECONDS, ids(HANGING)), plugins, folder.resolve("hanging"));
    for (String run : List.of("harmless", "harmful", "hanging")) {
      for (TrialResult trial : TinySuite.trials(folder.resolve(run)).values()) {
        TRIALS.computeIfAbsent(trial.identity().method(), id -> new ArrayList<>()).add(trial);
      }
    }
  }

  private static List<String> ids(List<BrokenPlugin> plugins) {
    return new ArrayList<>(plugins.stream().map(BrokenPlugin::id).toList());
  }

  private static Path cache() {
    return folder.resolve("cache");
  }

  private static Suite suite(double budgetSeconds, List<String> methods) {
    return TinySuite.suite(List.of(0L), budgetSeconds, methods.toArray(String[]::new));
  }

  private static void runInProcesses(Suite suite, Path plugins, Path out) {
    TinySuite.prepared(suite, plugins, out, cache(), 1, listener).execute();
  }

  private static void failsWith(BrokenPlugin plugin, String reason) {
    assertEquals(2, TRIALS.get(plugin.id()).size());
    for (TrialResult trial : TRIALS.get(plugin.id())) {
      assertTrue(trial.outcome() instanceof TrialOutcome.Failed, trial.outcome().toString());
      assertTrue(trial.outcome().explanation().contains(reason), trial.outcome().toString());
    }
  }

  private static TrialOutcome outcome(String method, double strength) {
    return TRIALS.get(method).stream()
        .filter(
            trial -> trial.identity().hyperparameters().get("strength").doubleValue() == strength)
        .findAny()
        .orElseThrow()
        .outcome();
  }

  @Test
  void everyReasonIsOneLineAndReported() {
    int failures = 0;
    for (List<TrialResult> trials : TRIALS.values()) {
      for (TrialResult trial : trials) {
        assertEquals(trial.isValid() ? 0 : 1, trial.outcome().explanation().lines().count());
        failures += trial.isValid() ? 0 : 1;
      }
    }
    List<String> warnings =
        listener.warnings().stream().filter(line -> !line.endsWith("signal 6; again")).toList();
    assertEquals(failures, warnings.size());
    for (String warning : warnings) {
      assertTrue(warning.startsWith("trial failed: tiny-noise seed 0, "), warning);
      assertEquals(1, warning.lines().count());
    }
  }

  @Test
  void otherMethodsTrialsAreValid() {
    assertTrue(TRIALS.get("shrinks").get(0).isValid());
    assertTrue(TRIALS.get("splits").get(0).isValid());
  }

  @Test
  void anExceptionIsItsReason() {
    failsWith(THROWS, "IllegalStateException: " + BrokenMethods.Throws.MESSAGE);
    failsWith(READS_UNDECLARED_DATA, "retain");
  }

  @Test
  void onlyTheFailingPointOfAMethodFails() {
    assertEquals(
        new TrialOutcome.Failed("IllegalStateException: too strong"),
        outcome("fails-when-strong", 0.9));
    assertEquals(new TrialOutcome.Valid(), outcome("fails-when-strong", 0.1));
  }

  @Test
  void pointsThatADyingWorkerDidNotBeginAreTriedAgain() {
    assertEquals(new TrialOutcome.Valid(), outcome("exits-when-strong", 0.1));
    assertEquals(
        new TrialOutcome.Failed("the worker process ended with exit code 7"),
        outcome("exits-when-strong", 0.9));
    assertEquals(new TrialOutcome.Valid(), outcome("exits-when-strong", 0.2));
  }

  @Test
  void weightsThatAreNoNumbersAreInvalid() {
    for (TrialResult trial : TRIALS.get(RETURNS_NAN.id())) {
      assertTrue(trial.outcome() instanceof TrialOutcome.Invalid, trial.outcome().toString());
      assertTrue(trial.outcome().explanation().contains("holds NaN"));
      assertFalse(trial.outcome().explanation().contains(folder.toString()));
    }
  }

  @Test
  void scoresThatAreNoNumbersAreInvalid() {
    TrialOutcome outcome = outcome("explodes", 0.5);
    assertTrue(outcome instanceof TrialOutcome.Invalid, outcome.toString());
    assertTrue(outcome.explanation().contains("perplexity"), outcome.explanation());
  }

  @Test
  void theUserSetsTheHeapOfWorkers() {
    assertEquals(
        new TrialOutcome.Failed("IllegalStateException: " + TinySuite.HEAP),
        outcome("tells-its-heap", 0.5));
  }

  @Test
  void aMethodFindsNoJudgeAndNoRowsButItsOwn() {
    assertEquals(
        new TrialOutcome.Failed("IllegalStateException: found []"), outcome("looks-for-rows", 0.5));
  }

  @Test
  void whatIsComputedAfterItWasPutIsChargedToEveryPoint() {
    assertEquals(2, TRIALS.get("prepays").size());
    for (TrialResult trial : TRIALS.get("prepays")) {
      assertTrue(trial.time().localizeSeconds() >= TestMethods.Prepays.SECONDS);
      assertTrue(trial.time().seconds() >= trial.time().localizeSeconds());
    }
  }

  @Test
  void localizationsNobodyAskedForFail() {
    assertEquals(
        new TrialOutcome.Failed(
            "IllegalArgumentException: localize was not asked for Strength[strength=-1.0]"),
        outcome("finds-more", 0.5));
  }

  @Test
  void aMethodThatEndsItsProcessFails() {
    failsWith(EXITS, "the worker process ended with exit code 0");
  }

  @Test
  void aNativeCrashFails() {
    failsWith(CRASHES, "the worker was ended by signal 6");
  }

  @Test
  void anErrorOfItsOwnIsItsReason() {
    assertEquals(
        new TrialOutcome.Failed("OddError: ?[2J No space left on device"), outcome("errs", 0.5));
  }

  @Test
  void aFullHeapFails() {
    failsWith(EXHAUSTS_MEMORY, "out of memory");
  }

  @Test
  void hangingMethodsTimeOut() {
    for (BrokenPlugin plugin : HANGING) {
      assertEquals(2, TRIALS.get(plugin.id()).size());
      for (TrialResult trial : TRIALS.get(plugin.id())) {
        assertEquals(
            new TrialOutcome.TimedOut("no result within the budget of 3 s"), trial.outcome());
      }
    }
  }

  @Test
  void closedWeightsFail() {
    failsWith(CLOSES_WEIGHTS, "");
  }

  @Test
  void printingAndClosingStandardOutputIsNoFailure() {
    assertTrue(TRIALS.get(PRINTS.id()).stream().allMatch(TrialResult::isValid));
  }

  @Test
  void threadsLeftBehindAreNoFailure() {
    assertTrue(TRIALS.get("leaves-threads").get(0).isValid());
  }

  @Test
  void editsMadeWhileLocalizingAreUndone() {
    for (TrialResult trial : TRIALS.get(EDITS_WHILE_LOCALIZING.id())) {
      assertTrue(trial.isValid());
      assertEquals(0, trial.changedEntries());
    }
  }

  @Test
  void pluginsThatDoNotFitTheirDescriptorFail() {
    failsWith(LOCALIZES_NOTHING, "localize found nothing for ");
    failsWith(WRONG_DESCRIPTOR, "do not fit its record Hyperparameters[strength]");
  }
}
