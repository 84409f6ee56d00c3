package io.nepenthe.selection;

import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import java.util.List;

/**
 * Everything a finished or unfinished run left on disk, read back.
 *
 * @param info what the run was
 * @param originals base measurements, by task in the suite's order, then seed
 * @param trials every readable trial
 * @param timings JMH's timings, all of one class of machines
 * @param summary the lines of its tables, computed from the above
 * @param selection what was chosen on each task, computed from the above
 */
public record StoredRun(
    RunInfo info,
    List<OriginalResult> originals,
    List<TrialResult> trials,
    List<TimingResult> timings,
    List<SummaryRow> summary,
    List<TaskSelection> selection) {
  /** Copies the lists. */
  public StoredRun {
    originals = List.copyOf(originals);
    trials = List.copyOf(trials);
    timings = List.copyOf(timings);
    summary = List.copyOf(summary);
    selection = List.copyOf(selection);
  }
}
