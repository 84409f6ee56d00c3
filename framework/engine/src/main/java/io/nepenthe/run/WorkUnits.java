package io.nepenthe.run;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.WorkUnit.Kind;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.language.LanguageDataSpec;
import io.nepenthe.task.math.MathDataSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The units of a plan: first the original models, each training once, large models before others,
 * as a long training that is begun last is waited for by all. Then what stands on them, in the
 * order of the originals; of one, trainings come before others.
 */
public final class WorkUnits {
  /** About as many as WikiText-103 has: which is begun first need not be exact. */
  private static final long ROWS_OF_A_CORPUS = 1_000_000;

  private final RunPlan plan;
  private final List<WorkUnit> all = new ArrayList<>();
  private final Map<Place, Integer> originals = new HashMap<>();

  private record Place(String task, long seed) {}

  /** A unit without its number: of several tasks if they are moments of one training. */
  private record Draft(
      Kind kind,
      List<TaskSpec> tasks,
      long seed,
      @Nullable MethodPlan method,
      List<Map<String, Number>> points) {
    long size() {
      TaskSpec task = tasks.get(0);
      return task.isGiven()
          ? 0
          : task.trainedHere().passes() * rows(task.data()) * task.sized().layout().size();
    }

    private static long rows(DataSpec data) {
      if (data instanceof MathDataSpec math) {
        return math.primaryRows() + (long) math.auxiliary().size() * math.auxiliaryRows();
      }
      return data instanceof LanguageDataSpec language && language.trainRows() != null
          ? language.trainRows()
          : ROWS_OF_A_CORPUS;
    }

    Place place() {
      return new Place(tasks.get(0).id(), seed);
    }
  }

  private WorkUnits(RunPlan plan) {
    this.plan = plan;
  }

  /** Returns the units of a plan, by index. */
  public static List<WorkUnit> of(RunPlan plan) {
    WorkUnits units = new WorkUnits(plan);
    units.drafts(units::originals).stream()
        .sorted(Comparator.comparingLong(Draft::size).reversed())
        .forEach(units::add);
    units
        .drafts(seed -> Stream.concat(units.trainingsWithMethods(seed), units.groups(seed)))
        .stream()
        .sorted(Comparator.comparing(draft -> units.originals.get(draft.place())))
        .forEach(units::add);
    return List.copyOf(units.all);
  }

  private List<Draft> drafts(LongFunction<Stream<Draft>> ofSeed) {
    return plan.suite().seeds().stream().flatMap(ofSeed::apply).toList();
  }

  private Stream<Draft> originals(long seed) {
    Stream<List<TaskSpec>> given =
        plan.suite().tasks().stream().filter(TaskSpec::isGiven).map(List::of);
    return Stream.concat(alike(trainedTasks(), false).stream(), given)
        .map(tasks -> new Draft(Kind.TRAINING, tasks, seed, null, List.of()));
  }

  private Stream<Draft> trainingsWithMethods(long seed) {
    List<Draft> trainings = new ArrayList<>();
    for (int i = 0; i < plan.suite().methods().size(); i++) {
      Map<Map<String, Number>, List<TaskSpec>> tasks = new LinkedHashMap<>();
      for (TaskSpec task : trainedTasks()) {
        MethodPlan method = plan.methods(task).get(i);
        if (isTraining(method) && method.seeds().contains(seed)) {
          for (Map<String, Number> point : method.points()) {
            tasks.computeIfAbsent(point, none -> new ArrayList<>()).add(task);
          }
        }
      }
      for (Map.Entry<Map<String, Number>, List<TaskSpec>> of : tasks.entrySet()) {
        for (List<TaskSpec> same : alike(of.getValue(), true)) {
          MethodPlan method = plan.methods(same.get(0)).get(i);
          trainings.add(new Draft(Kind.TRAINING, same, seed, method, List.of(of.getKey())));
        }
      }
    }
    return trainings.stream();
  }

  private Stream<Draft> groups(long seed) {
    return plan.suite().tasks().stream()
        .flatMap(
            task ->
                plan.methods(task).stream()
                    .filter(method -> !isTraining(method) && method.seeds().contains(seed))
                    .flatMap(
                        method ->
                            method.groups(method.points()).stream()
                                .map(
                                    points ->
                                        new Draft(
                                            Kind.TRIALS, List.of(task), seed, method, points))));
  }

  private static boolean isTraining(MethodPlan method) {
    return method.plugin().descriptor().runsInTraining();
  }

  private List<TaskSpec> trainedTasks() {
    return plan.suite().tasks().stream().filter(task -> !task.isGiven()).toList();
  }

  /**
   * Returns tasks in groups that have the same training, which stop at other moments of it.
   *
   * @param withFiles whether rows for methods alone are a part of it
   */
  private static List<List<TaskSpec>> alike(List<TaskSpec> tasks, boolean withFiles) {
    Map<List<Object>, List<TaskSpec>> groups = new LinkedHashMap<>();
    for (TaskSpec task : tasks) {
      List<Object> key =
          Arrays.asList(
              task.data(),
              task.window(),
              task.model(),
              task.training(),
              withFiles ? task.files() : null);
      groups.computeIfAbsent(key, same -> new ArrayList<>()).add(task);
    }
    return List.copyOf(groups.values());
  }

  private void add(Draft draft) {
    int index = all.size();
    boolean isOriginal = draft.method() == null;
    List<String> tasks = draft.tasks().stream().map(TaskSpec::id).toList();
    if (isOriginal) {
      tasks.forEach(task -> originals.put(new Place(task, draft.seed()), index));
    }
    all.add(
        new WorkUnit(
            index,
            isOriginal ? 1 : 2,
            draft.kind(),
            tasks.get(0),
            tasks.subList(1, tasks.size()),
            draft.seed(),
            draft.method() == null ? null : draft.method().plugin().id(),
            draft.points(),
            isOriginal ? List.of() : List.of(Objects.requireNonNull(originals.get(draft.place()))),
            isOriginal ? checkpoint(draft) : null));
  }

  /** The name of a training's model, null where files are not here that its rows come from. */
  private @Nullable String checkpoint(Draft draft) {
    TaskSpec task = draft.tasks().get(0);
    Suite suite = plan.suite();
    if (task.isGiven() || !task.missing().isEmpty()) {
      return null;
    }
    try {
      return new TrainingPlan(
              task, draft.seed(), suite.fidelity(), suite.threads(), suite.device(), null)
          .key();
    } catch (NepentheException e) {
      if (e.code() != ErrorCode.BAD_DATA) {
        throw e;
      }
      return null; // its corpus is on the machines that run the unit, not on this one
    }
  }
}
