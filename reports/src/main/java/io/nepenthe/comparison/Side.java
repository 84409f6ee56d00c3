package io.nepenthe.comparison;

import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.summary.MeasuredTimes;
import io.nepenthe.summary.StoredRun;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One of the two runs, by task and method. */
final class Side {
  private final StoredRun run;
  private final Map<String, TrialResult> trials = new LinkedHashMap<>();

  Side(StoredRun run) {
    this.run = run;
    run.trials().forEach(trial -> trials.put(trial.id(), trial));
  }

  /** Returns the tasks that have a trial, in the suite's order. */
  List<String> tasks() {
    return run.selection().stream()
        .filter(task -> !task.methods().isEmpty())
        .map(TaskSelection::task)
        .toList();
  }

  /** Returns the methods that have a trial on a task, in the suite's order. */
  List<String> methods(String task) {
    return selection(task)
        .map(each -> each.methods().stream().map(MethodSelection::method).toList())
        .orElse(List.of());
  }

  private Optional<TaskSelection> selection(String task) {
    return run.selection().stream().filter(each -> each.task().equals(task)).findFirst();
  }

  MethodSelection method(String task, String method) {
    return selection(task).flatMap(each -> each.of(method)).orElseThrow();
  }

  /** Returns the rules by which trials of a task are chosen and scored, whatever the time limit. */
  Object rules(String task) {
    return run.info().selection(task).limitedBy(null);
  }

  String name(String method) {
    return run.trials().stream()
        .filter(trial -> trial.identity().method().equals(method))
        .map(TrialResult::methodName)
        .findFirst()
        .orElse(method);
  }

  /**
   * Returns the hashes of a task's definition that its trials have; one, unless runs were mixed.
   */
  SortedSet<String> definitions(String task) {
    SortedSet<String> hashes = new TreeSet<>();
    run.trials().stream()
        .map(TrialResult::identity)
        .filter(identity -> identity.task().equals(task))
        .forEach(identity -> hashes.add(identity.taskHash()));
    return hashes;
  }

  /** Returns the hash of a task's rows by seed. */
  Map<Long, String> data(String task) {
    Map<Long, String> hashes = new LinkedHashMap<>();
    run.trials().stream()
        .map(TrialResult::identity)
        .filter(identity -> identity.task().equals(task))
        .forEach(identity -> hashes.put(identity.seed(), identity.dataHash()));
    return hashes;
  }

  /** Returns the hash of the weights that each valid trial left, by its id. */
  Map<String, String> weights() {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (TrialResult trial : trials.values()) {
      if (trial.mitigatedHash() != null) {
        hashes.put(trial.id(), trial.mitigatedHash());
      }
    }
    return hashes;
  }

  /** Returns every way in which the winners of a method were timed. */
  List<MeasuredTimes> times(MethodSelection method) {
    Collection<TrialResult> winners =
        method.winners().values().stream()
            .map(winner -> Optional.ofNullable(trials.get(winner.trial())))
            .flatMap(Optional::stream)
            .toList();
    return MeasuredTimes.of(winners, run.timings());
  }
}
