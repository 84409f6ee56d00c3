package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Window;
import io.nepenthe.plugin.Family;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.SuiteReader;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The suites of the project, held against the paper's own numbers (UNLEARNING 0.1). */
class SuitesTest {
  private static final int UNLEARNING_GRID = 167;
  private static final int UNLEARNING_GRID_OF_16_LAYERS = 163;
  private static final int UNLEARNING_GRID_OF_PYTHIA = 152;
  private static final Set<String> UNLEARNING =
      Set.of(
          "hard-concrete",
          "slim",
          "act",
          "integrated-gradients",
          "zero",
          "greedy",
          "sou",
          "durable",
          "durable-agg",
          "subnet",
          "balanced-subnet");

  private static RunPlan plan(String name) {
    Path root = CommandLineRun.root();
    Suite suite = new SuiteReader(root.resolve("benchmarks/suites")).read(name);
    return RunPlan.of(suite, PluginCatalog.scan(List.of(root.resolve("plugins"))));
  }

  static List<String> names() {
    return new SuiteReader(CommandLineRun.root().resolve("benchmarks/suites")).names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everySuiteCanBePlanned(String name) {
    assertEquals(name, plan(name).suite().name());
    assertTrue(plan(name).trials() >= 1);
  }

  private static int unlearningPoints(RunPlan plan, TaskSpec task) {
    return plan.methods(task).stream()
        .filter(method -> UNLEARNING.contains(method.plugin().id()))
        .mapToInt(method -> method.points().size())
        .sum();
  }

  @Test
  void table1SearchesThePapersGridWithAllItsMethods() {
    RunPlan plan = plan("table1");
    for (TaskSpec task : plan.suite().tasks()) {
      assertEquals(UNLEARNING_GRID, unlearningPoints(plan, task));
      assertEquals(17 + 3, plan.methods(task).size());
    }
    assertEquals(List.of(0L, 1L, 3L), plan.suite().seeds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table3-2.8b", "table3-6.9b"})
  void table3SearchesThePapersGridWithItsEightMethodsAtItsFourSteps(String name) {
    RunPlan plan = plan(name);
    assertEquals(4, plan.suite().tasks().size());
    for (TaskSpec task : plan.suite().tasks()) {
      assertEquals(UNLEARNING_GRID_OF_PYTHIA, unlearningPoints(plan, task));
      assertEquals(SelectionSpec.PYTHIA, plan.suite().selection(task));
      assertEquals(new Window(32, 40), task.window());
    }
  }

  @Test
  void figure3MitigatesEachModelAtThePapersFourMoments() {
    RunPlan plan = plan("fig3");
    assertEquals(2 * 4 * 3 * 2 * 4, plan.suite().tasks().size());
    for (TaskSpec task : plan.suite().tasks()) {
      assertEquals(
          task.model().layers() == 16 ? UNLEARNING_GRID_OF_16_LAYERS : UNLEARNING_GRID,
          unlearningPoints(plan, task),
          task.id());
      MethodPlan limit =
          plan.methods(task).stream()
              .filter(method -> method.plugin().id().equals("extra-fine-tuning"))
              .findAny()
              .orElseThrow();
      assertEquals(1, limit.trials()); // timed once
    }
  }

  @Test
  void quick20IsQuicksTasksAndFrontiersMethodsOverTwentySeeds() {
    Suite quick = plan("quick").suite();
    RunPlan frontier = plan("frontier");
    Suite many = plan("quick-20").suite();
    assertEquals(quick.tasks(), many.tasks());
    assertEquals(20, many.seeds().size());
    assertTrue(many.seeds().containsAll(quick.seeds()));
    assertFalse(many.challenges().isEmpty());
    Set<String> regularizers =
        frontier.methods(frontier.suite().tasks().get(0)).stream()
            .map(MethodPlan::plugin)
            .filter(plugin -> plugin.descriptor().family() == Family.REGULARIZER)
            .map(InstalledPlugin::id)
            .collect(Collectors.toSet());
    assertEquals(
        frontier.suite().methods().stream()
            .filter(method -> !regularizers.contains(method.id()))
            .toList(),
        many.methods());
  }

  @Test
  void theSweepIsThePapersModelsAndRuns() {
    RunPlan plan = plan("sweep");
    assertEquals(672, plan.suite().tasks().size() * plan.suite().seeds().size());
    assertTrue(plan.trials() > 105_000 && plan.trials() < 115_000, plan.trials() + " trials");
    assertTrue(
        plan.suite().tasks().stream()
            .map(TaskSpec::id)
            .toList()
            .containsAll(plan("fig3").suite().tasks().stream().map(TaskSpec::id).toList()));
  }

  private static Set<String> trainings(String suite) {
    return plan(suite).suite().tasks().stream()
        .map(task -> new TrainingPlan(task, 0, Fidelity.CLEAN, 1, "cpu", null).key())
        .collect(Collectors.toSet());
  }

  @Test
  void suitesOfOneSizeShareTheirTrainings() {
    assertEquals(trainings("fig6"), trainings("fig3"));
    assertEquals(48, trainings("fig6").size());
    assertTrue(trainings("fig6").containsAll(trainings("table1")));
    assertEquals(trainings("table1"), trainings("fig7"));
    assertTrue(trainings("fig6-mini").containsAll(trainings("fig3-mini")));
    assertEquals(trainings("table1-mini"), trainings("fig7-mini"));
    assertTrue(trainings("fig6-mini").containsAll(trainings("table1-mini")));
  }

  @Test
  void frontierHasEveryMethodOfThePaperAndEquallyManySettingsOfEach() {
    RunPlan plan = plan("frontier");
    assertFalse(plan.suite().challenges().isEmpty());
    for (TaskSpec task : plan.suite().tasks()) {
      for (MethodPlan method : plan.methods(task)) {
        if (method.plugin().descriptor().family() != Family.CONTROL) {
          assertEquals(2, method.points().size(), task.id() + " " + method.plugin().id());
        }
      }
      Set<String> papers = papers(plan, task);
      assertEquals(papers(plan("table1"), plan("table1").suite().tasks().get(0)), papers);
      assertEquals(17, papers.size());
    }
  }

  private static Set<String> papers(RunPlan plan, TaskSpec task) {
    return plan.methods(task).stream()
        .filter(method -> method.plugin().descriptor().paperName() != null)
        .map(method -> method.plugin().id())
        .collect(Collectors.toSet());
  }
}
