package io.nepenthe.cli;

import io.nepenthe.challenge.KeptWinners;
import io.nepenthe.challenge.WinnerChallenges;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.run.SuiteRun;
import io.nepenthe.runstore.RunFolder;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.study.MetricStudy;
import io.nepenthe.study.PoolMethods;
import io.nepenthe.study.StudySuite;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds out which metrics tell models apart that were trained with artifacts and without. */
@Command(
    name = "study",
    description = {
      "Trains the models of a suite's seeds with artifacts and without, and prints of each "
          + "metric and attack how well it tells them apart, and how much relearning and "
          + "rounding change what it says.",
      "Writes metric-study.json beside the results. What is already there is not repeated: "
          + "the same command continues."
    },
    mixinStandardHelpOptions = true)
final class MetricsStudyCommand implements Callable<Integer> {
  @Mixin private SuiteOptions suite = new SuiteOptions();

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "T",
      description = "Only these tasks, joined by commas.")
  private List<String> tasks = new ArrayList<>();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "S",
      description = "These seeds, joined by commas, in place of the suite's.")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "M",
      description =
          "Methods of the suite whose models are challenged, too, joined by commas (default: none).")
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the results (default: runs/SUITE-metrics).")
  private @Nullable Path out;

  @Mixin private PluginsOption plugins = new PluginsOption();
  @Mixin private WorkerOption workers = new WorkerOption();
  @Mixin private SandboxOption sandbox = new SandboxOption();
  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    PluginCatalog catalog = suite.plugins(plugins.path());
    PoolMethods pools = PoolMethods.of(catalog);
    Suite studied = StudySuite.of(suite.read(), pools, tasks, seeds, methods);
    RunPlan plan = RunPlan.of(RunPlan.resolved(studied, catalog), catalog);
    Path folder = folder().toAbsolutePath();
    new RunFolder(folder).requireOwn();
    MetricStudy study;
    try (Console console = new Console()) {
      RunSettings settings =
          new RunSettings(
              folder, Places.cache(), Places.home(), workers.on(plan.suite(), sandbox), false);
      PhaseClock clock = new PhaseClock();
      SuiteRun run = new SuiteRun(plan, settings, console, clock);
      run.store().found().ifPresent(all -> all.requireNoMoreThan(plan.suite(), folder));
      run.showing(new KeptWinners(plan.suite(), run.store(), console));
      try (RunLock held = run.take()) {
        run.execute(held);
        new WinnerChallenges(run.plan(), settings, run.store(), console, clock).challenge(false);
        run.finish();
        StoredRun stored = Publishing.publish(run.store(), held);
        study = MetricStudy.of(stored, run.store().challenges(), pools);
        run.store().putDocument(MetricStudy.FILE, study);
      }
    }
    json.print(study, MetricStudyText.of(study));
    System.err.println("study: " + folder.resolve(MetricStudy.FILE + ".json"));
    return 0;
  }

  private Path folder() {
    Path whole = suite.folder();
    return out == null ? whole.resolveSibling(whole.getFileName() + "-metrics") : out;
  }
}
