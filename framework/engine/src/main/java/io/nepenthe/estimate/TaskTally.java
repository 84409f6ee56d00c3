package io.nepenthe.estimate;

import io.nepenthe.challenge.ChallengeCost;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.plugin.CostTerm;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.Need;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.run.TimingRounds;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.TaskData;
import io.nepenthe.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds up what one task takes. */
final class TaskTally {
  /** Start of a JVM with the models' and libtorch's loading, as a fork of JMH pays it. */
  private static final double SECONDS_OF_A_FORK = 3;

  private static final int BYTES_PER_PARAMETER_KEPT = 3 * Float.BYTES; // weights, two moments

  private final Suite suite;
  private final TaskSpec task;
  private final TaskData data;
  private final TaskSpeeds speeds;
  private final int forks;
  private final Function<TrainingPlan, Estimator.Training> trainingCost;
  private final LanguageModel model;
  private final long parameters;
  private final Set<String> unknown = new TreeSet<>();
  private int trainings;
  private int inCache;
  private int trials;
  private int localizations;
  private double trainingSeconds;
  private double methodSeconds;
  private double measuringSeconds;
  private int winners;
  private int shownWinners;
  private double secondsOfShownWinners;
  private int workerStarts;
  private double timingSeconds;
  private long checkpointBytes;
  private final TaskMemory taskMemory;
  private final List<MethodMemory> memory = new ArrayList<>();

  /**
   * Begins at nothing.
   *
   * @param speeds of its model
   */
  TaskTally(
      Suite suite,
      TaskSpec task,
      TaskData data,
      TaskSpeeds speeds,
      int forks,
      Function<TrainingPlan, Estimator.Training> trainingCost) {
    this.suite = suite;
    this.task = task;
    this.data = data;
    this.speeds = speeds;
    this.forks = forks;
    this.trainingCost = trainingCost;
    this.model = task.architecture();
    this.parameters = model.layout().size();
    this.taskMemory = new TaskMemory(suite, task, model, data.trainedLength(suite.quirks()));
  }

  void trainOriginals() {
    if (!task.isGiven()) {
      suite.seeds().forEach(seed -> train(seed, null));
    }
    measure(suite.seeds().size() * curvePoints());
  }

  void add(MethodPlan method) {
    if (!method.points().isEmpty()) {
      winners += method.seeds().size();
      memory.add(taskMemory.of(method, rows(method.plugin().descriptor())));
    }
    if (method.plugin().descriptor().runsInTraining()) {
      regularize(method);
    } else {
      mitigate(method);
    }
  }

  private int rows(MethodDescriptor descriptor) {
    return Stream.of("forget-set", "retain-set")
        .filter(name -> descriptor.allNeeds().contains(Need.of(name)))
        .mapToInt(name -> (int) quantity(name))
        .sum();
  }

  private int curvePoints() {
    if (task.isGiven()) {
      return 1;
    }
    return (int)
        task.trainedHere().checkpoints().stream()
            .filter(passes -> passes <= task.mitigatedPasses())
            .count();
  }

  private void train(long seed, @Nullable RegularizerUse use) {
    TrainingPlan plan =
        new TrainingPlan(task, seed, suite.fidelity(), suite.threads(), suite.device(), use);
    Estimator.Training cost = trainingCost.apply(plan);
    trainings += cost == Estimator.Training.OF_ANOTHER_TASK ? 0 : 1;
    inCache += cost == Estimator.Training.IN_CACHE ? 1 : 0;
    if (cost == Estimator.Training.TO_BE_DONE) {
      workerStarts++;
      PassSpeed pass = use == null ? speeds.training() : speeds.regularized();
      trainingSeconds +=
          (double) task.trainedHere().passes() * data.train().rows() * pass.stepSeconds();
      checkpointBytes +=
          parameters * BYTES_PER_PARAMETER_KEPT * task.trainedHere().checkpoints().size();
    }
  }

  private void regularize(MethodPlan method) {
    for (long seed : method.seeds()) {
      for (Map<String, Number> point : method.points()) {
        train(seed, RegularizerUse.of(method.plugin(), point));
      }
    }
    trials += method.trials();
    measure(method.trials() * curvePoints());
    timingSeconds += forks * SECONDS_OF_A_FORK;
  }

  private void mitigate(MethodPlan method) {
    if (method.points().isEmpty()) {
      return;
    }
    List<CostTerm> cost = method.plugin().descriptor().cost();
    if (cost.isEmpty() && !method.plugin().descriptor().needs().isEmpty()) {
      unknown.add(method.plugin().id());
    }
    int seeds = method.seeds().size();
    double typical =
        method.points().stream().mapToDouble(point -> seconds(cost, point)).average().orElseThrow();
    List<List<Map<String, Number>>> groups = method.groups(method.points());
    for (List<Map<String, Number>> group : groups) {
      double longest =
          group.stream().mapToDouble(point -> seconds(cost, point)).max().orElseThrow();
      methodSeconds += seeds * longest;
    }
    localizations += seeds * groups.size();
    workerStarts += seeds * groups.size();
    if (method.plugin().descriptor().editsWhatItIsShown()) {
      shownWinners += seeds;
      secondsOfShownWinners += seeds * typical;
    }
    trials += method.trials();
    measure(method.trials());
    timingSeconds += forks * (SECONDS_OF_A_FORK + shots(seeds * typical) * seeds * typical);
  }

  /** Returns how often a fork repeats its winners: rounds on the record, and one before them. */
  private static int shots(double secondsOfARound) {
    int rounds = TimingRounds.of(secondsOfARound);
    return rounds == 1 ? 1 : 1 + rounds;
  }

  private void measure(int models) {
    int judged = testRows() + data.scored().eligibleRows().length;
    measuringSeconds += models * judged * speeds.methods().forwardSeconds();
  }

  private ChallengeCost challenges() {
    return ChallengeCost.of(
        suite.challenges(),
        new ChallengeCost.Rows(
            data.scored().eligibleRows().length,
            testRows(),
            task.furtherTraining().map(TrainingSettings::batchSize).orElse(0)));
  }

  private double seconds(ChallengeCost cost) {
    double ofOne =
        cost.read() * speeds.methods().forwardSeconds()
            + cost.trained() * speeds.regularized().stepSeconds();
    return (suite.seeds().size() + winners) * ofOne + cost.runs() * secondsOfShownWinners;
  }

  private int testRows() {
    return data.tests().values().stream().mapToInt(Sequences::rows).sum();
  }

  private double seconds(List<CostTerm> cost, Map<String, Number> point) {
    double seconds = 0;
    for (CostTerm term : cost) {
      double rowSeconds =
          switch (term.pass()) {
            case FORWARD -> speeds.methods().forwardSeconds();
            case GRADIENT -> speeds.methods().stepSeconds();
          };
      seconds += term.passes(point, this::quantity) * rowSeconds;
    }
    return seconds;
  }

  private double quantity(String name) {
    return switch (name) {
      case "forget-set" -> data.scored().eligibleRows().length;
      case "retain-set" -> data.retain(suite.quirks()).rows();
      case "twins" -> data.plantedTwins().rows();
      case "extra" -> data.extra().rows();
      case "neurons" -> (double) model.layers() * model.hiddenUnits();
      case "parameters" -> parameters;
      default -> throw new IllegalArgumentException("no quantity is named '" + name + "'");
    };
  }

  TaskEstimate result() {
    ChallengeCost challenges = challenges();
    return new TaskEstimate(
        task.id(),
        task.computeType(),
        trainings,
        inCache,
        trials,
        localizations,
        workerStarts + challenges.runs() * shownWinners,
        trainingSeconds,
        methodSeconds,
        measuringSeconds,
        seconds(challenges),
        timingSeconds,
        checkpointBytes,
        taskMemory.weights(),
        memory,
        new ArrayList<>(unknown),
        List.of());
  }
}
