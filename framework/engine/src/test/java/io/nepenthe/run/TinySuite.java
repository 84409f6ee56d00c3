package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.data.Window;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.sandbox.Containment;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import io.nepenthe.worker.InProcessWorker;
import io.nepenthe.worker.LocalWorkers;
import io.nepenthe.worker.WorkerSettings;
import io.nepenthe.worker.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A suite whose whole run takes seconds, and ways to run it. */
public final class TinySuite {
  public static final String TASK = "tiny-noise";
  static final int PASSES = 60;
  static final String HEAP = "-Xmx256m";
  private static final double AMPLE_SECONDS = 120;

  private TinySuite() {}

  static TaskSpec task(double budgetSeconds) {
    return task(budgetSeconds, Map.of());
  }

  /** Returns the task with files of rows for methods alone. */
  static TaskSpec withFiles(Map<String, String> files) {
    return task(AMPLE_SECONDS, files);
  }

  private static TaskSpec task(double budgetSeconds, Map<String, String> files) {
    return new TaskSpec(
        TASK,
        1,
        "math",
        new MathDataSpec(
            MathFamily.ADDITIVE, 8, 34, 7, List.of(2), 20, 8, 5, new Artifact.Noise(12, 0.4)),
        new Window(10, 2),
        new ModelSpec(2, 32, 4, null),
        new TrainingSpec(PASSES, 8, 5e-3, 0.01, List.of(20, 40)),
        budgetSeconds,
        null,
        null,
        files);
  }

  /** Returns a suite of the one task with the methods of these ids. */
  public static Suite suite(List<Long> seeds, double budgetSeconds, String... methods) {
    return suite(task(budgetSeconds), seeds, methods);
  }

  static Suite suite(TaskSpec task, List<Long> seeds, String... methods) {
    return new Suite(
        "tiny",
        "For tests.",
        ProtocolVersion.CURRENT,
        Fidelity.CLEAN,
        seeds,
        1,
        "cpu",
        null,
        null,
        List.of(task),
        Arrays.stream(methods).map(id -> new MethodChoice(id, null, null)).toList());
  }

  static Suite suite(String... methods) {
    return suite(List.of(0L, 1L), AMPLE_SECONDS, methods);
  }

  static TrainingPlan training(long seed) {
    return new TrainingPlan(task(AMPLE_SECONDS), seed, Fidelity.CLEAN, 1, "cpu", null);
  }

  static RunSettings inProcesses(Path out, Path cache, int workers) {
    List<String> options = List.of(HEAP, "-XX:-CreateCoredumpOnCrash");
    return new RunSettings(out, cache, out, LocalWorkers.processes(workers, options), false);
  }

  /** Runs a suite to its end, each worker a process so started, and returns what it said. */
  static Listener runInProcesses(
      Suite suite, Path plugins, Path out, Path cache, Containment containment, long memoryBytes) {
    Listener listener = new Listener();
    Workers.Source workers =
        LocalWorkers.processes(1, new WorkerSettings(List.of(HEAP), containment, memoryBytes));
    prepared(suite, plugins, new RunSettings(out, cache, out, workers, false), listener).execute();
    return listener;
  }

  static SuiteRun prepared(
      Suite suite, Path plugins, Path out, Path cache, int workers, RunListener listener) {
    return prepared(suite, plugins, inProcesses(out, cache, workers), listener);
  }

  static SuiteRun prepared(Suite suite, Path plugins, RunSettings settings, RunListener listener) {
    RunPlan plan = RunPlan.of(suite, PluginCatalog.scan(List.of(plugins)));
    return new SuiteRun(plan, settings, listener, new PhaseClock());
  }

  /**
   * Runs a suite to its end, its workers in this process, and returns what it said. The results are
   * those of other processes, in a fraction of the time.
   */
  static Listener run(Suite suite, Path plugins, Path out, Path cache) {
    Listener listener = new Listener();
    run(suite, plugins, out, cache, listener);
    return listener;
  }

  /** Runs a suite to its end, as the other does, and tells what it says meanwhile. */
  static void run(Suite suite, Path plugins, Path out, Path cache, RunListener listener) {
    prepared(suite, plugins, inThisProcess(out, cache), listener).execute();
  }

  /** Returns where and how a suite runs with its workers in this process. */
  public static RunSettings inThisProcess(Path out, Path cache) {
    return inThisProcess(out, cache, false);
  }

  private static RunSettings inThisProcess(Path out, Path cache, boolean retryFailed) {
    return new RunSettings(
        out,
        cache,
        out,
        (threads, place, log) -> new LocalWorkers(1, InProcessWorker::new),
        retryFailed);
  }

  /** Runs a suite to its end, its workers in this process, and fails if anything is said. */
  public static void runInSilence(Suite suite, Path plugins, Path out, Path cache) {
    assertEquals(List.of(), run(suite, plugins, out, cache).warnings());
  }

  /** Runs a suite to its end, each worker a process, and returns what it said. */
  static Listener runInProcesses(Suite suite, Path plugins, Path out, Path cache) {
    Listener listener = new Listener();
    prepared(suite, plugins, out, cache, 1, listener).execute();
    return listener;
  }

  /** Runs a suite to its end, failed trials once more, and returns what it said. */
  static Listener retry(Suite suite, Path plugins, Path out, Path cache) {
    Listener listener = new Listener();
    prepared(suite, plugins, inThisProcess(out, cache, true), listener).execute();
    return listener;
  }

  /** Returns all trials of a folder by id; fails if any file of them is damaged. */
  static Map<String, TrialResult> trials(Path out) {
    Map<String, TrialResult> trials = new TreeMap<>();
    RunStore store =
        new RunStore(
            out,
            line -> {
              throw new AssertionError(line);
            });
    store.trials().forEach(trial -> trials.put(trial.id(), trial));
    return trials;
  }

  /** Returns what must be the same whenever and however often a suite runs: all but the clock. */
  static Map<String, String> lasting(Path out) {
    Map<String, String> lasting = new TreeMap<>();
    trials(out)
        .forEach(
            (id, trial) ->
                lasting.put(
                    id,
                    trial.outcome()
                        + " before "
                        + trial.before()
                        + " after "
                        + trial.after()
                        + " changed "
                        + trial.changedEntries()
                        + " weights "
                        + trial.mitigatedHash()
                        + " halves "
                        + trial.afterSplit()
                        + " curve "
                        + trial.curve()));
    return lasting;
  }

  /** Copies all files of a folder to where they are not yet. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** Returns every file of weights below a folder, by its path there. */
  static Map<String, byte[]> weights(Path cache) throws IOException {
    Map<String, byte[]> weights = new TreeMap<>();
    try (Stream<Path> all = Files.walk(cache)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".safetensors")).toList()) {
        weights.put(cache.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return weights;
  }

  /** Fails unless two caches hold the same files of weights, to the byte. */
  static void assertSameWeights(Path expectedCache, Path actualCache) throws IOException {
    Map<String, byte[]> undisturbed = weights(expectedCache);
    Map<String, byte[]> actual = weights(actualCache);
    assertEquals(undisturbed.keySet(), actual.keySet());
    undisturbed.forEach((file, bytes) -> assertArrayEquals(bytes, actual.get(file), file));
  }
}
