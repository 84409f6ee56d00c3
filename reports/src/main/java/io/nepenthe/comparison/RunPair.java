package io.nepenthe.comparison;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.ArrayList;
import java.util.List;

/** Compares two runs, task by task. */
final class RunPair {
  private final Side before;
  private final Side after;
  private final Thresholds thresholds;
  private final List<MethodChange> changes = new ArrayList<>();
  private final List<String> onlyBefore = new ArrayList<>();
  private final List<String> onlyAfter = new ArrayList<>();
  private final List<String> incomparable = new ArrayList<>();

  RunPair(Side before, Side after, Thresholds thresholds) {
    this.before = before;
    this.after = after;
    this.thresholds = thresholds;
  }

  RunComparison compare() {
    tasks(before, after, onlyBefore);
    tasks(after, before, onlyAfter);
    List<String> common = before.tasks().stream().filter(after.tasks()::contains).toList();
    if (common.isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "the runs have no task in common: one has "
              + before.tasks()
              + ", the other "
              + after.tasks()
              + ". Give two runs of one suite.");
    }
    common.forEach(this::task);
    return new RunComparison(
        RunComparison.SCHEMA,
        thresholds,
        onlyBefore.isEmpty() || changes.isEmpty()
            ? Verdict.of(changes.stream().map(MethodChange::verdict).toList())
            : Verdict.WORSE,
        changes,
        onlyBefore,
        onlyAfter,
        SameTrials.of(before.weights(), after.weights()),
        incomparable);
  }

  private static void tasks(Side one, Side other, List<String> only) {
    one.tasks().stream()
        .filter(task -> !other.tasks().contains(task))
        .forEach(task -> only.add("task " + task));
  }

  private void task(String task) {
    if (!before.definitions(task).equals(after.definitions(task))
        || !before.rules(task).equals(after.rules(task))) {
      incomparable.add("task " + task + " is defined otherwise in the second run");
      return;
    }
    if (dataDiffers(task)) {
      incomparable.add("task " + task + " has other data in the second run");
      return;
    }
    List<String> methods = new ArrayList<>(before.methods(task));
    methods(task, before, after, onlyBefore);
    methods(task, after, before, onlyAfter);
    methods.retainAll(after.methods(task));
    MethodComparison comparison = new MethodComparison(before, after, thresholds);
    methods.forEach(method -> changes.add(comparison.of(task, method)));
  }

  private boolean dataDiffers(String task) {
    return before.data(task).entrySet().stream()
        .anyMatch(
            seed ->
                !after
                    .data(task)
                    .getOrDefault(seed.getKey(), seed.getValue())
                    .equals(seed.getValue()));
  }

  private static void methods(String task, Side one, Side other, List<String> only) {
    one.methods(task).stream()
        .filter(method -> !other.methods(task).contains(method))
        .forEach(method -> only.add("method " + method + " on " + task));
  }
}
