package io.nepenthe.cli;

import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunEnergy;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.run.SuiteRun;
import io.nepenthe.selection.StoredRun;
import io.nepenthe.timing.WinnerTiming;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a suite from start to end, or goes on where it was. */
@Command(
    name = "run",
    description = {
      "Trains models, runs methods, judges, times the winners and writes the report.",
      "What is already there is not done again: the same command continues a run."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private SuiteOptions suite = new SuiteOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the results (default: runs/SUITE, or runs/SUITE-F in another fidelity F than"
              + " the suite says).")
  private @Nullable Path out;

  @Option(names = "--plugins", paramLabel = "DIR", description = "Further folder of plugin jars.")
  private @Nullable Path plugins;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Worker processes at a time (default: processors / threads of the suite).")
  private @Nullable Integer workers;

  @Option(names = "--no-timing", description = "Do not time the winners with JMH.")
  private boolean noTiming;

  @Option(names = "--retry-failed", description = "Run trials that failed before once more.")
  private boolean retryFailed;

  @Option(names = "--dry-run", description = "Only print how many trainings and trials there are.")
  private boolean dryRun;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    PhaseClock clock = new PhaseClock();
    PluginCatalog catalog = Places.plugins(plugins);
    RunPlan plan = RunPlan.of(suite.read(), catalog);
    if (dryRun) {
      return describe(plan);
    }
    Path folder = (out == null ? suite.folder() : out).toAbsolutePath();
    StoredRun stored;
    NepentheException incomplete;
    try (Console console = new Console()) {
      catalog.rejections().forEach(console::warned);
      RunSettings settings =
          new RunSettings(
              folder, Places.cache(), Places.home(), workers(plan), List.of(), retryFailed);
      SuiteRun run = new SuiteRun(plan, settings, console, clock);
      RunEnergy energy = RunEnergy.of(run);
      try {
        incomplete = execute(run);
        if (!noTiming && incomplete == null) {
          new WinnerTiming(plan, settings, run.store(), console, clock).time(1);
        }
      } finally {
        energy.close();
      }
      run.finish();
      stored = Publishing.publish(run.store());
    }
    return conclude(stored, folder, incomplete);
  }

  private static @Nullable NepentheException execute(SuiteRun run) {
    try {
      run.execute();
      return null;
    } catch (NepentheException e) {
      if (e.code() != ErrorCode.RUN_INCOMPLETE) {
        throw e;
      }
      return e;
    }
  }

  private int workers(RunPlan plan) {
    int processors = Runtime.getRuntime().availableProcessors();
    int chosen = workers == null ? Math.max(1, processors / plan.suite().threads()) : workers;
    if (chosen < 1) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE, "--workers is " + chosen + ", must be at least 1.");
    }
    return chosen;
  }

  private int describe(RunPlan plan) {
    int originals = plan.suite().tasks().size() * plan.suite().seeds().size();
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("suite", plan.suite().name());
    description.put("originalModels", originals);
    description.put("trials", plan.trials());
    json.print(
        description,
        String.format(
            Locale.ROOT,
            "%s: %d original models, %d trials%n",
            plan.suite().name(),
            originals,
            plan.trials()));
    return 0;
  }

  private int conclude(StoredRun stored, Path folder, @Nullable NepentheException incomplete) {
    json.print(stored.summary(), SummaryText.of(stored));
    Path page = folder.resolve("report").resolve("index.html");
    System.err.println("report: " + page);
    if (incomplete != null) {
      throw incomplete;
    }
    long failed = stored.trials().stream().filter(trial -> trial.outcome().hasFailed()).count();
    if (failed > 0) {
      System.err.println(
          "nepenthe: "
              + failed
              + " of "
              + stored.trials().size()
              + " trials failed; the report lists the reasons, and with --retry-failed the same"
              + " command runs them again.");
      return ErrorCode.TRIAL_FAILED.exitCode();
    }
    return 0;
  }
}
