package io.nepenthe.timing;

import io.nepenthe.checkpoint.AtomicFiles;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.runstore.TrialTime;
import io.nepenthe.selection.RunReader;
import io.nepenthe.selection.StoredRun;
import io.nepenthe.selection.Summary;
import io.nepenthe.suite.Json;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.worker.WorkerRequest.MitigationJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Times each task's and method's winners with JMH: a fresh fork per task and method, one warm-up,
 * then one single shot per seed. What is already timed for the same winners is not timed again.
 */
public final class WinnerTiming {
  private static final double SECONDS_OF_A_LONG_SHOT = 1;

  private final RunPlan plan;
  private final RunSettings settings;
  private final RunStore store;
  private final RunListener listener;
  private final PhaseClock clock;
  private final Provenance provenance;

  /** Prepares the timing of a run. */
  public WinnerTiming(
      RunPlan plan, RunSettings settings, RunStore store, RunListener listener, PhaseClock clock) {
    this.plan = plan;
    this.settings = settings;
    this.store = store;
    this.listener = listener;
    this.clock = clock;
    this.provenance =
        ProvenanceReader.read(settings.home(), plan.suite().device(), plan.suite().threads());
  }

  /** Times all winners, each in so many fresh forks. */
  public void time(int forks) {
    StoredRun run = RunReader.read(store);
    Summary summary = new Summary(run.info(), run.originals(), run.trials(), run.timings());
    int total = plan.suite().tasks().stream().mapToInt(task -> plan.methods(task).size()).sum();
    int done = 0;
    for (TaskSpec task : plan.suite().tasks()) {
      for (MethodPlan method : plan.methods(task)) {
        listener.progressed("timing", done++, total);
        Map<Long, TrialResult> winners = summary.winners(task.id(), method.plugin().id());
        if (!winners.isEmpty()
            && !isTimed(task, method.plugin(), winners.values(), run.timings())
            && !isWholeTraining(task, method.plugin(), winners.values())) {
          time(task, method.plugin(), winners.values(), run.originals(), forks);
        }
      }
    }
    listener.progressed("timing", total, total);
  }

  private static boolean isTimed(
      TaskSpec task,
      InstalledPlugin plugin,
      Collection<TrialResult> winners,
      List<TimingResult> timings) {
    return timings.stream()
        .filter(timing -> timing.task().equals(task.id()) && timing.method().equals(plugin.id()))
        .anyMatch(
            timing ->
                winners.stream()
                    .allMatch(
                        winner ->
                            timing.shots().stream()
                                .anyMatch(shot -> shot.trialId().equals(winner.id()))));
  }

  /** A method that trains on rows of its own is charged a training; that is not repeated here. */
  private boolean isWholeTraining(
      TaskSpec task, InstalledPlugin plugin, Collection<TrialResult> winners) {
    return plugin.descriptor().runsInTraining()
        && winners.stream()
            .map(
                winner ->
                    checkpoint(trainingPlan(task, winner.identity().seed(), use(plugin, winner))))
            .anyMatch(checkpoint -> checkpoint.record().ownRows() != null);
  }

  private void time(
      TaskSpec task,
      InstalledPlugin plugin,
      Collection<TrialResult> winners,
      List<OriginalResult> originals,
      int forks) {
    clock.begin(Phase.TIMING);
    Path folder = settings.out().resolve("tmp");
    try {
      Files.createDirectories(folder);
      Path shotsFile = folder.resolve("shots.json");
      Path stepsFile = folder.resolve("steps.jsonl");
      Files.deleteIfExists(stepsFile);
      List<TimingShots.Shot> shots =
          winners.stream().map(winner -> shot(task, plugin, winner, originals)).toList();
      AtomicFiles.write(shotsFile, Json.line(new TimingShots(shots)));
      boolean inTraining = plugin.descriptor().runsInTraining();
      RunResult result =
          run(inTraining, warmUps(winners), shots.size(), forks, shotsFile, stepsFile);
      store.put(
          new TimingResult(
              TimingResult.SCHEMA,
              task.id(),
              plugin.id(),
              plugin.version(),
              plugin.sha256(),
              forks,
              measured(result, shots, StepTimes.read(stepsFile), inTraining),
              provenance));
    } catch (RunnerException | IOException e) {
      listener.warned(
          "timing of "
              + plugin.id()
              + " on "
              + task.id()
              + " failed ("
              + e.getMessage()
              + "); the sweep's time stands in the table. See timing.log in "
              + settings.out());
    } finally {
      clock.end(Phase.TIMING);
    }
  }

  private TimingShots.Shot shot(
      TaskSpec task, InstalledPlugin plugin, TrialResult winner, List<OriginalResult> originals) {
    long seed = winner.identity().seed();
    RegularizerUse use = plugin.descriptor().runsInTraining() ? use(plugin, winner) : null;
    TrainingPlan training = trainingPlan(task, seed, use);
    List<Integer> forgetRows =
        originals.stream()
            .filter(original -> original.task().equals(task.id()) && original.seed() == seed)
            .findAny()
            .orElseThrow()
            .memorizedRows();
    return new TimingShots.Shot(
        seed,
        winner.id(),
        winner.identity().hyperparameters(),
        new MitigationJob(
            training,
            checkpoint(training).folder().toString(),
            forgetRows,
            plugin.jar().toString(),
            List.of(winner.identity().hyperparameters())),
        use);
  }

  private static RegularizerUse use(InstalledPlugin plugin, TrialResult winner) {
    return new RegularizerUse(
        plugin.id(),
        plugin.version(),
        plugin.jar().toString(),
        plugin.sha256(),
        winner.identity().hyperparameters());
  }

  private Checkpoint checkpoint(TrainingPlan training) {
    return new CheckpointStore(settings.cache(), training)
        .find(training.task().training().passes())
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.BAD_CHECKPOINT,
                    "the model of "
                        + training.label()
                        + " is no longer in the cache; run the suite again."));
  }

  private TrainingPlan trainingPlan(TaskSpec task, long seed, @Nullable RegularizerUse use) {
    Suite suite = plan.suite();
    return new TrainingPlan(task, seed, suite.fidelity(), suite.threads(), suite.device(), use);
  }

  /**
   * A method that runs for seconds is warm before it matters; a fork's set-up has warmed libtorch.
   */
  private static int warmUps(Collection<TrialResult> winners) {
    boolean isLong =
        winners.stream()
            .allMatch(
                winner -> Objects.requireNonNull(winner.time()).seconds() > SECONDS_OF_A_LONG_SHOT);
    return isLong ? 0 : 1;
  }

  private RunResult run(
      boolean inTraining, int warmUps, int shots, int forks, Path shotsFile, Path stepsFile)
      throws RunnerException {
    // JMH would refuse to start while any other JMH runs on the machine, even another user's.
    System.setProperty("jmh.ignoreLock", "true");
    Class<?> benchmark = inTraining ? RegularizerTiming.class : MitigationTiming.class;
    Options options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
            .forks(forks)
            .warmupIterations(inTraining ? 0 : warmUps)
            .measurementIterations(shots)
            .shouldFailOnError(true)
            .output(settings.out().resolve("timing.log").toString())
            .jvmArgs(
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", // as in workers
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.pytorch.num_threads=" + plan.suite().threads(),
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-D" + TimingShots.THREADS_PROPERTY + "=" + plan.suite().threads(),
                "-D" + TimingShots.PROPERTY + "=" + shotsFile,
                "-D" + TimingShots.STEPS_PROPERTY + "=" + stepsFile)
            .build();
    return new Runner(options).runSingle();
  }

  private static List<TimingResult.Shot> measured(
      RunResult result, List<TimingShots.Shot> shots, List<TrialTime> steps, boolean inTraining) {
    List<TimingResult.Shot> measured = new ArrayList<>();
    int next = 0;
    int fork = 0;
    for (var forkResult : result.getBenchmarkResults()) {
      int i = 0;
      for (var iteration : forkResult.getIterationResults()) {
        TimingShots.Shot shot = shots.get(i++);
        TrialTime time = steps.get(next++);
        double score = iteration.getPrimaryResult().getScore();
        measured.add(
            new TimingResult.Shot(
                fork,
                shot.seed(),
                shot.trialId(),
                shot.hyperparameters(),
                inTraining ? time.seconds() : score,
                time.localizeSeconds(),
                time.editSeconds()));
      }
      fork++;
    }
    return measured;
  }
}
