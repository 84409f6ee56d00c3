package io.nepenthe.run;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.files.Folders;
import io.nepenthe.judge.Inference;
import io.nepenthe.judge.JudgedModel;
import io.nepenthe.machine.Impediment;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.plugin.Need;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.worker.EarlierModels;
import io.nepenthe.worker.Requests;
import io.nepenthe.worker.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The trials of one original model: methods run by workers, and what becomes of them. */
final class SeedTrials {
  private static final TrialOutcome CHANGED_THE_ORIGINAL =
      new TrialOutcome.Failed("the original model in the cache was changed while it ran alone");

  private final SeedWork work;
  private final MeasuredOriginal original;
  private final TrialWriter writer;

  SeedTrials(SeedWork work, MeasuredOriginal original) {
    this.work = work;
    this.original = original;
    this.writer = new TrialWriter(work, original);
  }

  /** Returns what of a group is to be run: has no result yet, or a failure to be retried. */
  Optional<TrialGroup> pending(TrialGroup group) {
    List<Map<String, Number>> open =
        group.points().stream().filter(point -> writer.isPending(group.plugin(), point)).toList();
    return open.isEmpty() ? Optional.empty() : Optional.of(group.of(open));
  }

  /** Returns true if each of a group's points has its result. */
  boolean areDone(TrialGroup group) {
    return group.points().stream().noneMatch(point -> writer.isPending(group.plugin(), point));
  }

  /** Runs the points of a group, and stores a result for each that was run to its end. */
  void run(TrialGroup group) throws InterruptedException {
    if (group.isTraining()) {
      regularize(group.plugin(), group.points().get(0));
    } else {
      mitigate(group.plugin(), group.points(), 0, false);
    }
  }

  /**
   * Runs them.
   *
   * @param endings how often in a row a worker was ended before it answered any
   * @param answered whether any other point of the same localization was answered
   */
  private void mitigate(
      InstalledPlugin plugin, List<Map<String, Number>> points, int endings, boolean answered)
      throws InterruptedException {
    Map<Integer, String> earlier =
        EarlierModels.folders(
            plugin.descriptor().allNeeds(), work.settings().cache(), work.plan(null));
    Optional<String> missing = missing(plugin.descriptor().needs(), earlier);
    if (missing.isPresent()) {
      TrialOutcome nothing = new TrialOutcome.NotApplicable(missing.get());
      points.forEach(point -> writer.putFailure(plugin, point, nothing));
      return;
    }
    Path folder = work.temporaryFolder();
    try {
      AskedPoints asked = new AskedPoints(points);
      Workers.Result result = ask(plugin, asked, earlier, folder);
      afterwards(plugin, asked, result, endings, answered);
    } finally {
      Folders.tryToDelete(folder);
    }
  }

  /** Runs what is asked, and looks whether the original model is still there as it was. */
  private Workers.Result ask(
      InstalledPlugin plugin, AskedPoints asked, Map<Integer, String> earlier, Path folder)
      throws InterruptedException {
    try (Visits.Visit visit = work.arrive()) {
      boolean isInCache =
          !work.task().isGiven() && Files.isDirectory(original.checkpoint().folder());
      try {
        Workers.Result result =
            work.ask(
                Phase.MITIGATION,
                request(plugin, asked.all(), earlier, folder),
                work.limit(),
                work.label() + " " + plugin.id(),
                conversation(plugin, asked, folder));
        writer.requireUnchangedOriginal();
        return result;
      } catch (NepentheException e) {
        if (isInCache && !original.checkpoint().isUnchanged() && visit.isToBlame()) {
          asked.all().stream()
              .filter(point -> writer.isPending(plugin, point))
              .forEach(point -> writer.putFailure(plugin, point, CHANGED_THE_ORIGINAL));
        }
        throw e;
      }
    }
  }

  /** Returns why a method is not applicable here: what it needs and this task does not have. */
  private Optional<String> missing(Set<Need> needs, Map<Integer, String> earlier) {
    if (needs.contains(Need.FORGET_SET) && original.result().memorizedRows().isEmpty()) {
      return Optional.of("the original model reproduces no artifact");
    }
    if (needs.contains(Need.INITIAL_WEIGHTS) && work.task().isGiven()) {
      return Optional.of("it needs initial-weights, and the original model was trained elsewhere");
    }
    if (needs.contains(Need.VALIDATION)
        && work.task().validation(work.seed(), work.suite().quirks()).isEmpty()) {
      return Optional.of(
          "it needs validation rows, and all rows of the task have another use; a method that can"
              + " do without has validation among optionalNeeds");
    }
    for (Need need : needs) {
      if (need.file().isPresent() && work.task().file(need.file().get()).isEmpty()) {
        return Optional.of(
            "it needs %s, and the task has no such file; name it in the suite: files: { %s: PATH.csv }"
                .formatted(need.id(), need.file().get()));
      }
      if (need.passes().isPresent() && !earlier.containsKey(need.passes().getAsInt())) {
        return Optional.of(
            "it needs %s, and no model after %d passes is kept; list %d in training.checkpoints of the task"
                .formatted(need.id(), need.passes().getAsInt(), need.passes().getAsInt()));
      }
    }
    return Optional.empty();
  }

  private WorkerRequest request(
      InstalledPlugin plugin,
      List<Map<String, Number>> points,
      Map<Integer, String> earlier,
      Path folder) {
    return Requests.mitigation(
        work.plan(null),
        work.data(),
        original.checkpoint(),
        original.result().memorizedRows(),
        earlier,
        plugin,
        points,
        folder);
  }

  private Workers.Conversation conversation(
      InstalledPlugin plugin, AskedPoints asked, Path folder) {
    return new Workers.Conversation() {
      @Override
      public void mitigated(WorkerAnswer.Mitigated answer) {
        Map<String, Number> point = asked.answered(answer.point());
        if (answer.time() == null || !answer.time().isPossible()) {
          writer.putFailure(
              plugin, point, new TrialOutcome.Invalid("no possible time: " + answer.time()));
          return;
        }
        try (MeasuringRoom.Turn turn = work.turn()) {
          left(plugin, point, folder, turn.manager())
              .flatMap(
                  left ->
                      writer.putValid(
                          plugin,
                          point,
                          left.weights(),
                          TrialWriter.Mitigated.of(answer, left.inference())))
              .ifPresent(trial -> work.show(trial, folder));
        }
      }

      @Override
      public void failed(WorkerAnswer.PointFailed answer) {
        writer.putFailure(
            plugin, asked.answered(answer.point()), new TrialOutcome.Failed(answer.reason()));
      }

      @Override
      public void prepares(String with) {
        work.says(work.label() + " " + plugin.id() + ": " + with);
      }
    };
  }

  /**
   * Reads what a method left; the trial has failed if it is no model, whatever became of the files,
   * unless the system keeps the judge from reading any.
   */
  private Optional<JudgedModel> left(
      InstalledPlugin plugin, Map<String, Number> point, Path folder, NDManager manager) {
    try {
      return Optional.of(JudgedModel.read(folder, work.task().architecture(), manager));
    } catch (NepentheException e) {
      work.requireNotInterrupted();
      if (Impediment.isOfTheSystem(e)) {
        throw work.impeded(plugin.id(), e.getMessage());
      }
      String reason = e.getMessage().replace(folder + java.io.File.separator, "");
      writer.putFailure(plugin, point, new TrialOutcome.Invalid(reason));
      return Optional.empty();
    }
  }

  /**
   * A worker that ended early: what it was at has failed, what it had not begun is tried again. One
   * that was killed from outside says nothing against what it was at, unless that happens again and
   * again: a method that eats all memory ends so too. What the machine prevented is not stored, if
   * the judge sees that it does; else a worker that says so is one that was killed. One that
   * answered what it was not asked cannot be believed in anything.
   */
  private void afterwards(
      InstalledPlugin plugin,
      AskedPoints asked,
      Workers.Result result,
      int endings,
      boolean answeredBefore)
      throws InterruptedException {
    List<Map<String, Number>> open = asked.open();
    if (result.ending() == Workers.Ending.BAD_ANSWER) {
      asked.all().forEach(point -> writer.putFailure(plugin, point, outcome(result)));
      return;
    }
    if (result.ending() == Workers.Ending.DONE) {
      open.forEach(point -> writer.putFailure(plugin, point, outcome(result)));
      return;
    }
    if (open.isEmpty() || result.ending() == Workers.Ending.CUT_OFF) {
      return;
    }
    boolean anyAnswer = answeredBefore || asked.anyAnswered();
    int inARow = asked.anyAnswered() ? 1 : endings + 1;
    if (work.isWorthAnotherTry(result, inARow)) {
      work.listener().warned(work.label() + " " + plugin.id() + ": " + result.reason() + "; again");
      mitigate(plugin, open, inARow, anyAnswer);
      return;
    }
    if (work.isOfTheMachine(result)) {
      throw work.impeded(plugin.id(), result.reason());
    }
    TrialOutcome outcome = outcome(result);
    int failed = anyAnswer ? Math.min(1, open.size()) : open.size();
    open.subList(0, failed).forEach(point -> writer.putFailure(plugin, point, outcome));
    if (failed < open.size()) {
      mitigate(plugin, open.subList(failed, open.size()), 0, anyAnswer);
    }
  }

  private static TrialOutcome outcome(Workers.Result result) {
    return switch (result.ending()) {
      case TIMED_OUT -> new TrialOutcome.TimedOut(result.reason());
      case DONE -> new TrialOutcome.Failed("the worker was done without a result");
      case FAILED, BAD_ANSWER, IMPEDED, DIED, CRASHED, KILLED, CUT_OFF ->
          new TrialOutcome.Failed(result.reason());
    };
  }

  /** Trains with a regularizer taking part, and stores the result. */
  private void regularize(InstalledPlugin plugin, Map<String, Number> point)
      throws InterruptedException {
    try (Visits.Visit visit = work.arrive()) {
      Objects.requireNonNull(visit);
      TrainingRun training = TrainingRun.with(work, plugin, point);
      training.complete();
      List<Checkpoint> kept = training.kept();
      Checkpoint regularized = kept.get(kept.size() - 1);
      TrialWriter.Mitigated mitigated =
          new TrialWriter.Mitigated(
              Inference.gated(regularized.positionFactors()),
              new TrialTime(training.extraSeconds(), null, null),
              work.curve(kept.subList(0, kept.size() - 1)),
              null,
              null);
      try (MeasuringRoom.Turn turn = work.turn()) {
        Weights weights =
            ModelFolder.readWeights(
                regularized.folder(), work.task().architecture(), turn.manager());
        writer.putValid(plugin, point, weights, mitigated);
      }
    } catch (TrainingRun.FailedException e) {
      if (work.isOfTheMachine(e.result())) {
        throw work.impeded(plugin.id(), e.result().reason());
      }
      writer.putFailure(plugin, point, outcome(e.result()));
    }
  }
}
