package io.nepenthe.estimate;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.run.RunPlan;
import io.nepenthe.suite.GivenOriginal;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.TaskData;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Estimates what a plan will take, task by task. */
public final class Estimator {
  private final RunPlan plan;
  private final Path cache;
  private final int forks;
  private final Map<Object, PassSpeed> speeds = new HashMap<>();
  private final Map<Object, TaskData> rows = new HashMap<>();
  private final Set<String> counted = new HashSet<>();

  /**
   * Prepares an estimate.
   *
   * @param cache folder of the checkpoint cache
   * @param forks JMH's fresh processes per task and method; 0 for no timing
   */
  public Estimator(RunPlan plan, Path cache, int forks) {
    this.plan = plan;
    this.cache = cache;
    this.forks = forks;
  }

  /** Returns the estimate for so many workers at a time. */
  public RunEstimate estimate(int workers) {
    // more threads than cores slow down what is measured here, to no use
    Torch.useThreads(Math.min(plan.suite().threads(), Runtime.getRuntime().availableProcessors()));
    counted.clear();
    List<TaskEstimate> tasks = plan.suite().tasks().stream().map(this::estimate).toList();
    return RunEstimate.of(plan.suite().name(), workers, tasks);
  }

  private TaskEstimate estimate(TaskSpec task) {
    List<String> missing = task.missing().stream().map(Path::toString).toList();
    return missing.isEmpty() ? measured(task) : counted(task, missing);
  }

  /** Counts what a task asks for that cannot be measured here. */
  private TaskEstimate counted(TaskSpec task, List<String> missing) {
    List<MethodPlan> methods = plan.methods(task);
    Optional<TaskMemory> memory = memory(task);
    return TaskEstimate.without(
        missing,
        task,
        methods.stream().mapToInt(MethodPlan::trials).sum(),
        methods.stream()
            .mapToInt(method -> method.seeds().size() * method.groups(method.points()).size())
            .sum(),
        memory.map(TaskMemory::weights).orElse(""),
        memory.map(each -> memory(each, methods)).orElse(List.of()));
  }

  private static List<MethodMemory> memory(TaskMemory memory, List<MethodPlan> methods) {
    return methods.stream()
        .filter(method -> !method.points().isEmpty())
        .map(method -> memory.of(method, Integer.MAX_VALUE)) // as many rows as a pass has
        .toList();
  }

  /** Returns what a task takes whose rows or model are not there, if its model is known. */
  private Optional<TaskMemory> memory(TaskSpec task) {
    GivenOriginal given = task.original();
    return given != null && (given.model() != null || Files.isDirectory(given.place()))
        ? Optional.of(new TaskMemory(plan.suite(), task, task.sized(), task.data().length()))
        : Optional.empty();
  }

  private TaskEstimate measured(TaskSpec task) {
    Suite suite = plan.suite();
    TaskData data =
        rows.computeIfAbsent(
            List.of(task.data(), task.window()),
            key -> task.build(suite.seeds().get(0), suite.quirks()));
    TaskTally tally =
        new TaskTally(suite, task, data, speeds(task, data), forks, this::countsTraining);
    tally.trainOriginals();
    plan.methods(task).forEach(tally::add);
    return tally.result();
  }

  private Training countsTraining(TrainingPlan training) {
    if (!counted.add(training.key())) {
      return Training.OF_ANOTHER_TASK;
    }
    return training.checkpoints(cache).mayHold(training.task().trainedHere().passes())
        ? Training.IN_CACHE
        : Training.TO_BE_DONE;
  }

  /** What a training costs a task. */
  enum Training {
    /** Nothing: another task counts it. */
    OF_ANOTHER_TASK,
    /** Nothing: its model is there. */
    IN_CACHE,
    /** All of it. */
    TO_BE_DONE
  }

  private TaskSpeeds speeds(TaskSpec task, TaskData data) {
    TrainingSettings settings = task.furtherTraining().orElse(PassSpeed.ANY_TRAINING);
    TrainingSettings byAutograd = settings.byAutograd();
    PassSpeed methods = speed(task, data, byAutograd, task.computedIn());
    return task.isGiven()
        ? new TaskSpeeds(methods, methods, methods)
        : new TaskSpeeds(
            methods,
            speed(task, data, settings, FloatType.FLOAT32),
            speed(task, data, byAutograd, FloatType.FLOAT32));
  }

  private PassSpeed speed(
      TaskSpec task, TaskData data, TrainingSettings settings, FloatType computeType) {
    LanguageModel model = task.architecture();
    int length = data.trainedLength(plan.suite().quirks());
    return speeds.computeIfAbsent(
        List.of(
            model.architecture().config(model),
            settings.batchSize(),
            settings.fused(),
            length,
            computeType),
        key -> PassSpeed.of(model, settings, length, plan.suite().device(), computeType));
  }
}
