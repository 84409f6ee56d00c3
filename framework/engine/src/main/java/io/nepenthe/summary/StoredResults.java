package io.nepenthe.summary;

import io.nepenthe.json.Json;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import java.util.Comparator;
import java.util.List;

/** What is stored of a run, before anything is chosen from it. */
record StoredResults(
    RunInfo info,
    List<OriginalResult> originals,
    List<TrialResult> trials,
    List<TimingResult> timings,
    List<ChallengeResult> challenges,
    Completeness completeness) {

  /** Returns all that a folder holds of its run, and nothing else that lies there. */
  static StoredResults of(RunStore store) {
    return OwnResults.of(store);
  }

  /** Chooses and summarises. */
  StoredRun summarised() {
    List<OriginalResult> ordered =
        originals.stream()
            .filter(original -> info.tasks().contains(original.task()))
            .sorted(
                Comparator.<OriginalResult>comparingInt(o -> info.tasks().indexOf(o.task()))
                    .thenComparingLong(OriginalResult::seed))
            .toList();
    List<TrialResult> inOrder = trials.stream().sorted(order()).toList();
    Summary summary = new Summary(info, ordered, inOrder, timings, completeness);
    StoredRun run =
        new StoredRun(
                info, ordered, inOrder, summary.timings(), summary.rows(), summary.selection())
            .with(completeness);
    return run.withChallenges(ChosenChallenges.of(run, challenges));
  }

  /** The suite's order, then by seed and setting: no id of a method decides. */
  private Comparator<TrialResult> order() {
    List<String> tasks = info.tasks();
    List<String> methods = info.methods();
    return Comparator.<TrialResult>comparingInt(trial -> tasks.indexOf(trial.identity().task()))
        .thenComparingInt(trial -> methods.indexOf(trial.identity().method()))
        .thenComparingLong(trial -> trial.identity().seed())
        .thenComparing(trial -> Json.line(trial.identity().hyperparameters()))
        .thenComparing(TrialResult::id);
  }
}
