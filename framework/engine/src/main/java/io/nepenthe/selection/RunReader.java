package io.nepenthe.selection;

import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a run back from its folder and summarises it. */
public final class RunReader {
  private RunReader() {}

  /** Returns all that the folder holds of its run; trials of other plans are left out. */
  public static StoredRun read(RunStore store) {
    RunInfo info = store.info();
    Optional<Set<String>> planned = store.plannedTrials();
    List<TrialResult> trials =
        store.trials().stream()
            .filter(trial -> planned.map(ids -> ids.contains(trial.id())).orElse(true))
            .toList();
    List<OriginalResult> originals =
        store.originals().stream()
            .filter(original -> info.tasks().contains(original.task()))
            .sorted(
                Comparator.<OriginalResult>comparingInt(o -> info.tasks().indexOf(o.task()))
                    .thenComparingLong(OriginalResult::seed))
            .toList();
    List<TimingResult> timings = store.timings();
    Summary summary = new Summary(info, originals, trials, timings);
    return new StoredRun(info, originals, trials, timings, summary.rows(), summary.selection());
  }
}
