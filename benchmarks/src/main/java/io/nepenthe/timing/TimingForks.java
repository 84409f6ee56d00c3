package io.nepenthe.timing;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.json.Json;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.worker.WorkerJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * JMH's fresh JVMs, one after another: each warms up, then takes one single shot per seed's winner.
 */
final class TimingForks {
  private final Path out;
  private final int threads;
  private final int forks;
  private final List<String> javaOptions;

  /**
   * Prepares forks.
   *
   * @param out the run's folder; what forks print goes to its {@code timing.log}
   * @param threads threads one operator may use
   * @param forks how many
   * @param javaOptions further options of their JVMs
   */
  TimingForks(Path out, int threads, int forks, List<String> javaOptions) {
    this.out = out;
    this.threads = threads;
    this.forks = forks;
    this.javaOptions = List.copyOf(javaOptions);
  }

  /** Returns every measured shot, fork after fork. */
  List<TimingResult.Shot> run(TimedMethod method, List<TimingShots.Shot> shots)
      throws IOException, RunnerException {
    Path folder = Files.createDirectories(out.resolve("tmp"));
    Path shotsFile = folder.resolve("shots.json");
    Path forkShotsFile = folder.resolve("fork-shots.jsonl");
    Files.deleteIfExists(forkShotsFile);
    AtomicFiles.write(shotsFile, Json.line(new TimingShots(shots)));
    // JMH would refuse to start while any other JMH runs on the machine, even another user's.
    System.setProperty("jmh.ignoreLock", "true");
    RunResult result =
        new Runner(options(method, shots.size(), shotsFile, forkShotsFile)).runSingle();
    return measured(result, shots, ForkShot.read(forkShotsFile), method.runsInTraining());
  }

  private Options options(TimedMethod method, int shots, Path shotsFile, Path forkShotsFile) {
    Class<?> benchmark = method.runsInTraining() ? RegularizerTiming.class : MitigationTiming.class;
    return new OptionsBuilder()
        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
        .forks(forks)
        .warmupIterations(method.warmUps())
        .measurementIterations(shots)
        .shouldFailOnError(true)
        .output(out.resolve("timing.log").toString())
        .jvmArgs(jvmArguments(shotsFile, forkShotsFile))
        .build();
  }

  private String[] jvmArguments(Path shotsFile, Path forkShotsFile) {
    List<String> arguments = new ArrayList<>(WorkerJvm.options(threads, javaOptions));
    arguments.addAll(
        List.of(
            "-D" + TimingShots.THREADS_PROPERTY + "=" + threads,
            "-D" + TimingShots.PROPERTY + "=" + shotsFile,
            "-D" + TimingShots.FORK_SHOTS_PROPERTY + "=" + forkShotsFile));
    return arguments.toArray(String[]::new);
  }

  private static List<TimingResult.Shot> measured(
      RunResult result,
      List<TimingShots.Shot> shots,
      List<ForkShot> forkShots,
      boolean inTraining) {
    List<TimingResult.Shot> measured = new ArrayList<>();
    int fork = 0;
    for (BenchmarkResult forkResult : result.getBenchmarkResults()) {
      int i = 0;
      for (IterationResult iteration : forkResult.getIterationResults()) {
        TimingShots.Shot shot = shots.get(i++);
        ForkShot seen = forkShots.get(measured.size());
        double score = iteration.getPrimaryResult().getScore();
        measured.add(
            new TimingResult.Shot(
                fork,
                shot.seed(),
                shot.trialId(),
                shot.hyperparameters(),
                inTraining ? seen.time().seconds() : score,
                seen.time().localizeSeconds(),
                seen.time().editSeconds(),
                seen.otherLoad()));
      }
      fork++;
    }
    return measured;
  }
}
