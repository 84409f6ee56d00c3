package io.nepenthe.run;

import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.files.Folders;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.plugin.Need;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.worker.BadAnswerException;
import io.nepenthe.worker.Requests;
import io.nepenthe.worker.TimeLimit;
import io.nepenthe.worker.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A training of one task and seed, plain or with a method: found in the cache, or done. */
final class TrainingRun {
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);

  private static final double PLAIN_TRAININGS = 10;

  private final SeedWork work;
  private final TaskSpec task;
  private final TrainingPlan plan;
  private final Set<Need> needs;
  private final CheckpointStore checkpoints;

  private TrainingRun(SeedWork work, @Nullable RegularizerUse use, Set<Need> needs) {
    this.work = work;
    this.task = work.task();
    this.plan = work.plan(use);
    this.needs = needs;
    this.checkpoints = plan.checkpoints(work.settings().cache(), work.listener()::warned);
  }

  /** Prepares a training in which no method takes part. */
  static TrainingRun plain(SeedWork work) {
    return new TrainingRun(work, null, Set.of());
  }

  /** Prepares a training in which a method takes part. */
  static TrainingRun with(SeedWork work, InstalledPlugin plugin, Map<String, Number> point) {
    return new TrainingRun(work, RegularizerUse.of(plugin, point), plugin.descriptor().allNeeds());
  }

  /** Lets a worker train until every checkpoint is there. */
  void complete() throws InterruptedException {
    boolean complete = missing() == 0;
    int passes = 0;
    int endings = 0;
    while (!complete) {
      Workers.Result result = ask();
      complete = result.ending() == Workers.Ending.DONE;
      int reached = checkpoints.newest().map(newest -> newest.record().passes()).orElse(0);
      endings = reached > passes ? 1 : endings + 1;
      passes = reached;
      if (!complete && work.isWorthAnotherTry(result, endings)) {
        work.listener().warned("train " + plan.label() + ": " + result.reason() + "; it resumes");
      } else if (!complete) {
        throw new FailedException(result);
      }
    }
  }

  private Workers.Result ask() throws InterruptedException {
    Path folder = work.temporaryFolder();
    try {
      return work.ask(
          Phase.TRAINING,
          Requests.training(plan, needs, work.data(), work.settings().cache(), folder),
          TimeLimit.of(budget()),
          "train " + plan.label(),
          new NoPoints(with -> work.says("train " + plan.label() + ": " + with)));
    } finally {
      Folders.tryToDelete(folder);
    }
  }

  /**
   * Whoever takes part has one budget for all, which nothing it says renews: that of a trial, and a
   * plain training's time ten times.
   */
  private Duration budget() {
    if (plan.regularizer() == null) {
      return LONGEST_SILENCE;
    }
    double plain =
        plain(work)
            .checkpoints
            .find(task.trainedHere().passes())
            .map(checkpoint -> checkpoint.record().seconds())
            .orElse(0.0);
    return task.budget().plusMillis((long) (1000 * PLAIN_TRAININGS * plain));
  }

  /** Looks at every checkpoint, so that all damage is reported at once. */
  private long missing() {
    return task.trainedHere().checkpoints().stream()
        .filter(passes -> checkpoints.find(passes).isEmpty())
        .count();
  }

  /**
   * Returns true if every checkpoint is there and whole. One that is not stays where it is: it may
   * be on its way from another machine.
   */
  boolean isThere() {
    return task.trainedHere().checkpoints().stream().allMatch(checkpoints::holds);
  }

  /** Returns the checkpoints up to the moment that is mitigated, rising. */
  List<Checkpoint> kept() {
    return task.trainedHere().checkpoints().stream()
        .filter(passes -> passes <= task.mitigatedPasses())
        .map(passes -> checkpoints.find(passes).orElseThrow())
        .toList();
  }

  /** Returns what the method that took part in it costs up to that moment; NaN if nothing did. */
  double extraSeconds() {
    int passes = task.trainedHere().passes();
    Double whole = checkpoints.find(passes).orElseThrow().record().extraSeconds();
    return whole == null ? Double.NaN : whole * task.mitigatedPasses() / passes;
  }

  /** A worker could not train; the message is its reason. */
  static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Workers.Result result;

    FailedException(Workers.Result result) {
      super(result.reason());
      this.result = result;
    }

    /** Returns how the worker ended. */
    Workers.Result result() {
      return result;
    }
  }

  private record NoPoints(Consumer<String> preparations) implements Workers.Conversation {
    @Override
    public void mitigated(WorkerAnswer.Mitigated answer) {
      throw new BadAnswerException("a training has no grid points");
    }

    @Override
    public void failed(WorkerAnswer.PointFailed answer) {
      throw new BadAnswerException("a training has no grid points");
    }

    @Override
    public void prepares(String with) {
      preparations.accept(with);
    }
  }
}
