package io.nepenthe.timing;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.RunFolder;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.sandbox.Reach;
import io.nepenthe.sandbox.Sandbox;
import io.nepenthe.worker.Slot;
import io.nepenthe.worker.WorkerJvm;
import io.nepenthe.worker.WorkerReach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * JMH's fresh JVMs, one after another. Each repeats every seed's winner as often as its length
 * allows. Where that is once, and the time is far from the sweep's, a further one repeats it twice.
 */
final class TimingForks {
  /** File of the run's folder that keeps what forks print. */
  static final String LOG = "timing.log";

  private final Path out;
  private final int threads;
  private final TimingOptions options;
  private final SameWeights sameWeights;

  /**
   * Prepares forks.
   *
   * @param out the run's folder, whose lock the caller holds; what forks print goes to its {@link
   *     #LOG}
   * @param threads threads one operator may use
   */
  TimingForks(Path out, int threads, TimingOptions options, SameWeights sameWeights) {
    this.out = out;
    this.threads = threads;
    this.options = options;
    this.sameWeights = sameWeights;
  }

  /**
   * Returns every measured shot, fork after fork.
   *
   * @throws TimingFailedException if a fork ends early or does something else than was asked
   */
  List<TimingResult.Shot> run(TimedMethod method, WinnerShots winners)
      throws IOException, TimingFailedException {
    List<TimingResult.Shot> measured = new ArrayList<>();
    for (int fork = 0; fork < options.forks(); fork++) {
      measured.addAll(fork(fork, method, winners, method.order()));
    }
    List<Integer> doubtful = method.doubtful(measured);
    if (!doubtful.isEmpty()) {
      TimingOrder again = TimingOrder.twice(doubtful);
      measured.addAll(fork(options.forks(), method, winners, again));
    }
    return measured;
  }

  /** What JMH and the process itself tell. */
  private record Answer(RunResult result, List<ForkShot> told) {}

  private List<TimingResult.Shot> fork(
      int number, TimedMethod method, WinnerShots winners, TimingOrder order)
      throws IOException, TimingFailedException {
    Answer answer =
        FirstShots.believed(
            () -> answer(method, winners, order),
            Answer::told,
            Runtime.getRuntime().availableProcessors());
    return measured(
        number,
        method,
        order.measured(),
        answer.result(),
        answer.told().stream().filter(each -> !each.isWarmUp()).toList());
  }

  private Answer answer(TimedMethod method, WinnerShots winners, TimingOrder order)
      throws IOException, TimingFailedException {
    Path folder = new RunFolder(out).newTemporary();
    Path own = new RunFolder(out).newTemporary();
    Path answers = own.resolve("fork-shots.jsonl");
    Path log = folder.resolve("jmh.log");
    ForkLauncher launcher = new ForkLauncher(sandbox());
    try {
      TimingShots asked = new TimingShots(winners.of(method, folder), order);
      Path shots = folder.resolve("shots.json");
      AtomicFiles.write(shots, Json.line(asked));
      Path jvm = launcher.write(folder.resolve("java"), reach(own, shots, asked), slot());
      Options jmh = options(method, asked, jvm, jvmArguments(own, shots, answers), log);
      Duration longest = method.longestSilence().multipliedBy(asked.order().size());
      RunResult result = run(jmh, own, answers, method.longestSilence(), longest);
      return new Answer(result, ForkShot.all(answers, asked.order().size()));
    } finally {
      launcher.end();
      keep(log);
      Folders.delete(folder);
      Folders.delete(own);
    }
  }

  /** The device is named as it is for this process, so no GPU is hidden. */
  private Slot slot() {
    return Slot.on(options.device(), 1, threads, List.of()).get(0);
  }

  private Sandbox sandbox() {
    return options.workers().containment().sandbox();
  }

  /** Returns what a fork sees: Java, its winners' jar, models and rows. */
  private static Reach reach(Path own, Path shots, TimingShots asked) {
    List<Path> readable = new ArrayList<>(WorkerJvm.files(ForkClassPath.entries()));
    readable.add(shots);
    boolean usesGpu = false;
    for (TimingShots.Shot shot : asked.shots()) {
      readable.add(Path.of(shot.checkpoint()));
      readable.addAll(WorkerReach.readable(shot.request()));
      usesGpu |= WorkerReach.usesGpu(shot.request());
    }
    return new Reach(own, readable, List.of(), usesGpu);
  }

  private RunResult run(
      Options jmh, Path own, Path answers, Duration longestSilence, Duration longest)
      throws IOException, TimingFailedException {
    // JMH would refuse to start while any other JMH runs on the machine, even another user's.
    System.setProperty("jmh.ignoreLock", "true");
    ForkMessages.filter();
    ForkLink link = sandbox().contains() ? ForkLink.open(new ForkPipes(own)) : null;
    try (link;
        ForkWatch watch =
            new ForkWatch(answers, longestSilence, longest, options.workers().memoryBytes());
        ForkClassPath classPath = new ForkClassPath()) {
      Objects.requireNonNull(classPath);
      try {
        return new Runner(jmh).runSingle();
      } catch (RunnerException e) {
        if (watch.isExiting()) {
          throw new NepentheException(
              ErrorCode.INTERRUPTED, "interrupted; the same command continues", e);
        }
        throw watch.endedBecause().isEmpty()
            ? new TimingFailedException(e)
            : new TimingFailedException(watch.endedBecause());
      }
    }
  }

  private Options options(
      TimedMethod method, TimingShots asked, Path jvm, List<String> arguments, Path log) {
    Class<?> benchmark = method.runsInTraining() ? RegularizerTiming.class : MitigationTiming.class;
    return new OptionsBuilder()
        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
        .forks(1)
        .warmupIterations(asked.order().warmUps().size())
        .measurementIterations(asked.order().measured().size())
        .timeout(TimeValue.days(1)) // ForkWatch ends what hangs
        .shouldFailOnError(true)
        .output(log.toString())
        .jvm(jvm.toString())
        .jvmArgs(arguments.toArray(String[]::new))
        .build();
  }

  private List<String> jvmArguments(Path own, Path shots, Path answers) {
    List<String> arguments =
        new ArrayList<>(WorkerJvm.options(threads, out, options.workers().javaOptions()));
    arguments.addAll(WorkerJvm.ownFolder(own, sandbox()));
    arguments.addAll(
        List.of(
            "-D" + ContainedFork.PIPES + "=" + own,
            "-D" + TimingShots.THREADS_PROPERTY + "=" + threads,
            "-D" + TimingShots.PROPERTY + "=" + shots,
            "-D" + TimingShots.FORK_SHOTS_PROPERTY + "=" + answers));
    return arguments;
  }

  /** JMH writes each fork's log anew; the run keeps them all. */
  private void keep(Path log) throws IOException {
    if (Files.exists(log)) {
      Files.write(
          out.resolve(LOG),
          Files.readAllBytes(log),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private List<TimingResult.Shot> measured(
      int fork, TimedMethod method, List<Integer> order, RunResult result, List<ForkShot> told)
      throws TimingFailedException {
    List<Double> scores = scores(result);
    if (told.size() != order.size() || scores.size() != order.size()) {
      throw new TimingFailedException(
          told.size() + " of " + order.size() + " times came, " + scores.size() + " from JMH");
    }
    List<TimingResult.Shot> measured = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      TrialResult winner = method.winners().get(order.get(i));
      ForkShot shot = told.get(i);
      Optional<String> mistake = sameWeights.mistake(winner, shot);
      if (mistake.isPresent()) {
        throw new TimingFailedException(mistake.get());
      }
      if (!method.runsInTraining() && !agree(scores.get(i), shot.time())) {
        throw new TimingFailedException(
            "the steps of " + winner.id() + " do not add up to what JMH measured");
      }
      measured.add(
          new TimingResult.Shot(
              fork,
              winner.identity().seed(),
              winner.id(),
              winner.identity().hyperparameters(),
              method.runsInTraining() ? shot.time().seconds() : scores.get(i),
              shot.time().localizeSeconds(),
              shot.time().editSeconds(),
              shot.otherLoad()));
    }
    return measured;
  }

  /** JMH's time holds the steps, and copying the model. */
  private static boolean agree(double score, TrialTime steps) {
    return steps.isPossible() && steps.addsUp() && steps.seconds() <= score * 1.01 + 1e-3;
  }

  private static List<Double> scores(RunResult result) {
    List<Double> scores = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        scores.add(iteration.getPrimaryResult().getScore());
      }
    }
    return scores;
  }
}
