package io.nepenthe.summary;

import io.nepenthe.energy.EnergyAccount;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.TaskSelection;
import java.util.List;

/**
 * Everything a finished or unfinished run left on disk, read back.
 *
 * @param info what the run was
 * @param originals base measurements, by task in the suite's order, then seed
 * @param trials every readable trial, in the suite's order, then by seed and setting
 * @param timings JMH's timings, all of one class of machines
 * @param challenges what challenges left of models, by task and method in the suite's order, then
 *     seed; those of the chosen trials and of the originals
 * @param summary the lines of its tables, computed from the above
 * @param selection what was chosen on each task, computed from the above
 * @param energy what the run used; {@link EnergyAccount#NONE} where that is not known
 * @param completeness what it lacks of its plan, and what lay there that is not of it
 */
public record StoredRun(
    RunInfo info,
    List<OriginalResult> originals,
    List<TrialResult> trials,
    List<TimingResult> timings,
    List<ChallengeResult> challenges,
    List<SummaryRow> summary,
    List<TaskSelection> selection,
    EnergyAccount energy,
    Completeness completeness) {
  /** Copies the lists. */
  public StoredRun {
    originals = List.copyOf(originals);
    trials = List.copyOf(trials);
    timings = List.copyOf(timings);
    challenges = List.copyOf(challenges);
    summary = List.copyOf(summary);
    selection = List.copyOf(selection);
  }

  /** Makes a run that was not challenged, of which is not known what it used. */
  public StoredRun(
      RunInfo info,
      List<OriginalResult> originals,
      List<TrialResult> trials,
      List<TimingResult> timings,
      List<SummaryRow> summary,
      List<TaskSelection> selection) {
    this(
        info,
        originals,
        trials,
        timings,
        List.of(),
        summary,
        selection,
        EnergyAccount.NONE,
        Completeness.UNKNOWN);
  }

  /** Returns this run, and what it used. */
  public StoredRun withEnergy(EnergyAccount account) {
    return new StoredRun(
        info, originals, trials, timings, challenges, summary, selection, account, completeness);
  }

  /** Returns this run, and what challenges left of its models. */
  public StoredRun withChallenges(List<ChallengeResult> results) {
    return new StoredRun(
        info, originals, trials, timings, results, summary, selection, energy, completeness);
  }

  /** Returns this run, and how it agrees with its plan. */
  public StoredRun with(Completeness known) {
    return new StoredRun(
        info, originals, trials, timings, challenges, summary, selection, energy, known);
  }
}
