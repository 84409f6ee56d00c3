package io.nepenthe.leaderboard;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Limit;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.summary.Absent;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one run says of one entry on one task, by its own rules: its trials meet the limit that its
 * own run measured, and no other.
 */
final class RunResult {
  private final SubmittedRun submission;
  private final EntryKey key;
  private final List<TrialResult> trials;
  private final MethodSelection selection;
  private final SortedMap<Long, TrialResult> winners = new TreeMap<>();
  private final List<String> lacks;

  private RunResult(
      SubmittedRun submission,
      TaskKey task,
      EntryKey key,
      List<TrialResult> trials,
      TaskSelection selected) {
    this.submission = submission;
    this.key = key;
    this.trials = trials;
    this.selection = selected.of(key.method()).orElseThrow();
    Map<String, TrialResult> byId = new HashMap<>();
    trials.forEach(trial -> byId.put(trial.id(), trial));
    selection.winners().forEach((seed, winner) -> winners.put(seed, byId.get(winner.trial())));
    this.lacks = lacks(task, selected.limit());
  }

  /**
   * Returns a run's results on a task.
   *
   * @param trials of the task
   * @param known jars; the method that sets the limit must be one that may
   */
  static List<RunResult> of(
      SubmittedRun submission, TaskKey task, List<TrialResult> trials, KnownJars known) {
    String limit = String.valueOf(task.rules().limit());
    Map<EntryKey, List<TrialResult>> byKey =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    trial -> EntryKey.of(trial.identity()), TreeMap::new, Collectors.toList()));
    List<TrialResult> limiting =
        trials.stream()
            .filter(trial -> trial.identity().method().equals(limit))
            .filter(trial -> known.admits(limit, trial.identity().jarSha256()))
            .toList();
    List<RunResult> results = new ArrayList<>();
    byKey.forEach(
        (key, own) -> {
          Map<String, List<TrialResult>> alone = new LinkedHashMap<>();
          if (!limiting.isEmpty()) {
            alone.put(limit, limiting);
          }
          alone.put(key.method(), own);
          TaskSelection selected =
              TaskSelection.of(task.task(), task.rules(), submission.run().info().seeds(), alone);
          results.add(new RunResult(submission, task, key, own, selected));
        });
    return results;
  }

  private List<String> lacks(TaskKey task, Limit limit) {
    List<String> all = new ArrayList<>();
    missing(task, key.method()).forEach(all::add);
    missing(task, SummaryRow.ORIGINAL).forEach(all::add);
    if (task.rules().hasLimit() && family() == Family.UNLEARNING) {
      String limiting = String.valueOf(task.rules().limit());
      missing(task, limiting).forEach(all::add);
      if (limit.isUnknown()) {
        all.add("its run has no valid trial of " + limiting + ", which sets its limit");
      } else {
        winners.values().stream()
            .filter(trial -> !limit.binds(trial))
            .map(trial -> MachineClass.of(trial.provenance()).words())
            .distinct()
            .map(machine -> "its run has no limit of time on " + machine)
            .forEach(all::add);
      }
    }
    return List.copyOf(all);
  }

  private List<String> missing(TaskKey task, String method) {
    List<Absent> missing =
        submission.run().completeness().absent().stream()
            .filter(each -> each.task().equals(task.task()) && each.method().equals(method))
            .toList();
    if (missing.isEmpty()) {
      return List.of();
    }
    String seeds =
        BoardWords.seeds(missing.stream().map(Absent::seed).distinct().sorted().toList());
    return List.of(
        method.equals(SummaryRow.ORIGINAL)
            ? "the original models of seeds " + seeds + " are missing from its run"
            : Words.count(missing.size(), "trial")
                + " of "
                + method
                + " missing from its run (seeds "
                + seeds
                + ")");
  }

  SubmittedRun submission() {
    return submission;
  }

  EntryKey key() {
    return key;
  }

  List<TrialResult> trials() {
    return trials;
  }

  MethodSelection selection() {
    return selection;
  }

  /** Returns the trial that stands for the entry, by seed. */
  SortedMap<Long, TrialResult> winners() {
    return winners;
  }

  /** Returns what keeps it from being believed, one sentence each; empty if nothing does. */
  List<String> lacks() {
    return lacks;
  }

  String name() {
    return trials.get(0).methodName();
  }

  Family family() {
    return trials.get(0).family();
  }

  /** Returns what the run's own tables note at it. */
  String note(TaskKey task) {
    return submission.run().summary().stream()
        .filter(row -> row.task().equals(task.task()) && row.method().equals(key.method()))
        .map(SummaryRow::note)
        .findFirst()
        .orElse("");
  }
}
