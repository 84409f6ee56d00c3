package io.nepenthe.cli;

import io.nepenthe.challenge.KeptWinners;
import io.nepenthe.challenge.WinnerChallenges;
import io.nepenthe.estimate.Estimator;
import io.nepenthe.estimate.RunEstimate;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunEnergy;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.run.SuiteRun;
import io.nepenthe.runstore.RunFolder;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.timing.TimingOptions;
import io.nepenthe.timing.WinnerTiming;
import io.nepenthe.worker.LocalWorkers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a suite from start to end, or goes on where it was. */
@Command(
    name = "run",
    description = {
      "Trains models, runs methods, judges, challenges and times the winners, and writes the report.",
      "What is already there is not repeated: the same command continues a run. Given the "
          + "folder of a run, it runs the same again, or a part of it, from that folder alone."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Set<ErrorCode> INCOMPLETE = Set.of(ErrorCode.RUN_INCOMPLETE);
  private static final Set<ErrorCode> NOT_TIMED =
      Set.of(ErrorCode.BAD_USAGE, ErrorCode.TIMING_FAILED);

  @Mixin private SuiteOptions suite = new SuiteOptions();
  @Mixin private PartOptions part = new PartOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the results (default: runs/SUITE, or runs/SUITE-F in another fidelity or on"
              + " another device F than the suite says; of the run in FOLDER, runs/FOLDER-again).")
  private @Nullable Path out;

  @Mixin private PluginsOption plugins = new PluginsOption();

  @Mixin private WorkerOption workers = new WorkerOption();
  @Mixin private SandboxOption sandbox = new SandboxOption();
  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(names = "--no-timing", description = "Do not time the winners with JMH.")
  private boolean noTiming;

  @Mixin private TimingChoice timing = new TimingChoice();

  @Option(names = "--retry-failed", description = "Run trials that failed before once more.")
  private boolean retryFailed;

  @Option(
      names = "--dry-run",
      description =
          "Only print how many trainings and trials there are, and about how long they take.")
  private boolean dryRun;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    timing.check("run");
    Optional<SparkCluster> cluster = engine.cluster();
    PhaseClock clock = new PhaseClock();
    PluginCatalog catalog = suite.plugins(plugins.path());
    RunPlan plan = RunPlan.of(part.of(suite.read(), catalog), catalog);
    if (dryRun) {
      return describe(plan);
    }
    Path folder = (out == null ? part.folder(suite.folder()) : out).toAbsolutePath();
    new RunFolder(folder).requireOwn();
    StoredRun stored;
    NepentheException stopped;
    try (Console console = new Console()) {
      catalog.rejections().forEach(console::warned);
      RunSettings settings =
          new RunSettings(
              folder,
              Places.cache(),
              Places.home(),
              cluster.isEmpty() || Devices.has(plan.suite())
                  ? workers.on(plan.suite(), sandbox)
                  : LocalWorkers.processes(1, sandbox.workers(1)), // nothing is left for them
              retryFailed && cluster.isEmpty());
      stopped =
          cluster.isEmpty()
              ? null
              : stoppedBy(INCOMPLETE, () -> onCluster(cluster.get(), plan, settings, console));
      SuiteRun run = new SuiteRun(plan, settings, console, clock);
      if (part.isPart()) {
        run.store().found().ifPresent(all -> all.requireNoMoreThan(plan.suite(), folder));
      }
      if (!plan.suite().challenges().isEmpty()) {
        run.showing(new KeptWinners(plan.suite(), run.store(), console));
      }
      TimingOptions options = timing.missing(plan.suite(), sandbox);
      try (RunLock held = run.take()) {
        RunEnergy energy = cluster.isEmpty() ? RunEnergy.of(run) : null; // of this machine alone
        try {
          if (stopped == null) {
            stopped = stoppedBy(INCOMPLETE, () -> run.execute(held));
          }
          if (stopped == null) {
            WinnerChallenges challenges =
                new WinnerChallenges(run.plan(), settings, run.store(), console, clock);
            stopped = stoppedBy(INCOMPLETE, () -> challenges.challenge(false));
          }
          if (forks(plan.suite()) > 0 && stopped == null) {
            WinnerTiming winners =
                new WinnerTiming(run.plan(), settings, run.store(), console, clock, options);
            stopped = stoppedBy(NOT_TIMED, winners::time);
          }
        } finally {
          if (energy != null) {
            energy.close();
          }
        }
        run.finish();
        stored = Publishing.publish(run.store(), held);
      }
    }
    return conclude(stored, folder, stopped);
  }

  /** Has trainings and trials done elsewhere: nothing of them is left for this machine. */
  private void onCluster(
      SparkCluster cluster, RunPlan plan, RunSettings settings, Console console) {
    new SuiteRun(plan, settings, console, new PhaseClock()).take().close(); // may it be this run?
    new SparkRun(cluster, plan, settings.out(), console).execute(sandbox.words(), retryFailed);
  }

  /** Returns what stopped a step, if the report is worth writing nevertheless. */
  private static @Nullable NepentheException stoppedBy(Set<ErrorCode> expected, Runnable step) {
    try {
      step.run();
      return null;
    } catch (NepentheException e) {
      if (!expected.contains(e.code())) {
        throw e;
      }
      return e;
    }
  }

  private int forks(Suite chosen) {
    return noTiming ? 0 : timing.forks(chosen);
  }

  private int describe(RunPlan plan) {
    RunEstimate estimate =
        new Estimator(plan, Places.cache(), forks(plan.suite())).estimate(workers.of(plan.suite()));
    json.print(estimate, EstimateText.of(estimate));
    return 0;
  }

  private int conclude(StoredRun stored, Path folder, @Nullable NepentheException stopped) {
    json.print(stored.summary(), SummaryText.of(stored));
    Path page = folder.resolve("report").resolve("index.html");
    System.err.println("report: " + page);
    Lack.tell(stored.completeness(), folder);
    if (stopped != null) {
      throw stopped;
    }
    int lack = Lack.exitCode(List.of(stored.completeness()));
    int failed = Lack.failed(stored, "with --retry-failed the same command runs them again");
    return lack == 0 ? failed : lack;
  }
}
