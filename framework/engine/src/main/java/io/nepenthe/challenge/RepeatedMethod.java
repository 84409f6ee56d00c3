package io.nepenthe.challenge;

import ai.djl.ndarray.NDManager;
import io.nepenthe.exchange.WorkerAnswer;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.files.Folders;
import io.nepenthe.judge.JudgedModel;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.RunFolder;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.TaskData;
import io.nepenthe.worker.BadAnswerException;
import io.nepenthe.worker.EarlierModels;
import io.nepenthe.worker.Requests;
import io.nepenthe.worker.TimeLimit;
import io.nepenthe.worker.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a worker run a winner's method once more on the original model, to have what it leaves. */
final class RepeatedMethod {
  private final RunSettings settings;
  private final Workers workers;
  private final RunListener listener;

  RepeatedMethod(RunSettings settings, Workers workers, RunListener listener) {
    this.settings = settings;
    this.workers = workers;
    this.listener = listener;
  }

  /**
   * Returns what it leaves, in a sub-manager; empty, with a warning, if the method fails.
   *
   * @param training of the original model
   * @param data the rows that the method may see, as far as it asks for them
   * @param forget indices of the artifact rows that it is to make the model forget
   * @throws NepentheException with RUN_INCOMPLETE if the machine kept it from running
   */
  Optional<JudgedModel> left(
      Winner winner,
      TrainingPlan training,
      Checkpoint original,
      TaskData data,
      List<Integer> forget,
      NDManager parent)
      throws InterruptedException {
    String what = training.label() + " " + winner.plugin().id() + ", run again";
    for (int endings = 1; ; endings++) {
      Path folder = temporaryFolder();
      try {
        WorkerRequest.Mitigate request = request(winner, training, original, data, forget, folder);
        Answer answer = new Answer(training.task(), folder, parent, what);
        Workers.Result result =
            workers.ask(
                request,
                TimeLimit.of(training.task().budget()),
                (done, total) -> listener.progressed(what, done, total),
                answer);
        if (answer.left != null) {
          return Optional.of(answer.left);
        }
        if (isOfTheMethod(result)) {
          String why = answer.failure == null ? result.reason() : answer.failure;
          listener.warned(what + ": " + why);
          return Optional.empty();
        }
        if (endings >= result.ending().tries()) {
          throw new NepentheException(
              ErrorCode.RUN_INCOMPLETE,
              what + ": " + result.reason() + ". The same command tries again.");
        }
      } finally {
        Folders.tryToDelete(folder);
      }
    }
  }

  private WorkerRequest.Mitigate request(
      Winner winner,
      TrainingPlan training,
      Checkpoint original,
      TaskData data,
      List<Integer> forget,
      Path folder) {
    return Requests.mitigation(
        training,
        data,
        original,
        forget,
        EarlierModels.folders(winner.plugin().descriptor().allNeeds(), settings.cache(), training),
        winner.plugin(),
        List.of(winner.trial().identity().hyperparameters()),
        folder);
  }

  private static boolean isOfTheMethod(Workers.Result result) {
    return switch (result.ending()) {
      case DONE, FAILED, BAD_ANSWER, TIMED_OUT -> result.begun();
      case IMPEDED, DIED, CRASHED, KILLED, CUT_OFF -> false;
    };
  }

  private Path temporaryFolder() {
    try {
      return new RunFolder(settings.out()).newTemporary();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write to " + settings.out() + " (" + e + ")", e);
    }
  }

  /** What the worker says. */
  private final class Answer implements Workers.Conversation {
    private final TaskSpec task;
    private final Path folder;
    private final NDManager parent;
    private final String what;
    private @Nullable JudgedModel left;
    private @Nullable String failure;

    Answer(TaskSpec task, Path folder, NDManager parent, String what) {
      this.task = task;
      this.folder = folder;
      this.parent = parent;
      this.what = what;
    }

    @Override
    public void mitigated(WorkerAnswer.Mitigated answer) {
      if (left != null || answer.point() != 0) {
        throw new BadAnswerException("the worker answered what it was not asked");
      }
      try {
        left = JudgedModel.read(folder, task.architecture(), parent);
      } catch (NepentheException e) {
        failure = e.getMessage();
      }
    }

    @Override
    public void failed(WorkerAnswer.PointFailed answer) {
      failure = answer.reason();
    }

    @Override
    public void prepares(String with) {
      listener.warned(what + ": " + with);
    }
  }
}
