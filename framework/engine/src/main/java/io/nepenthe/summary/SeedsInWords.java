package io.nepenthe.summary;

import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a method's line notes of the seeds that it lacks, or that lack something. */
final class SeedsInWords {
  private final List<TrialResult> trials;
  private final int chosen;
  private final int seeds;

  private SeedsInWords(List<TrialResult> trials, int chosen, int seeds) {
    this.trials = trials;
    this.chosen = chosen;
    this.seeds = seeds;
  }

  /**
   * Returns the note; empty if there is nothing to say.
   *
   * @param trials all of a method on a task
   * @param chosen number of seeds with a trial that stands for the method
   * @param seeds number of the suite's seeds
   */
  static String of(List<TrialResult> trials, int chosen, int seeds) {
    return new SeedsInWords(trials, chosen, seeds).note();
  }

  private String note() {
    Set<Long> tried = seedsOf(trial -> true);
    Set<Long> nothing = seedsOf(SeedsInWords::hadNothingToForget);
    nothing.removeAll(seedsOf(trial -> !hadNothingToForget(trial)));
    String nothingToForget =
        nothing.isEmpty()
            ? ""
            : "nothing was memorized, and so nothing to forget, in seeds " + nothing;
    return Words.joined(nothingToForget, lacking(tried.size(), nothing.size()));
  }

  private String lacking(int tried, int nothing) {
    if (chosen == 0) {
      boolean anyValid = trials.stream().anyMatch(TrialResult::isValid);
      return nothing == tried ? "" : anyValid ? "no eligible trial" : "no valid trial";
    }
    if (chosen + nothing < tried) {
      boolean isAllValid = seedsOf(TrialResult::isValid).size() == chosen;
      return "only "
          + chosen
          + " of "
          + seeds
          + (chosen == 1 ? " seeds has " : " seeds have ")
          + (isAllValid ? "a valid trial" : "an eligible trial");
    }
    return tried < seeds
        ? "run with " + tried + " of " + seeds + " seeds"
        : trials.stream().noneMatch(trial -> trial.outcome().hasFailed())
            ? ""
            : "some trials failed";
  }

  private Set<Long> seedsOf(Predicate<TrialResult> which) {
    return trials.stream()
        .filter(which)
        .map(trial -> trial.identity().seed())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean hadNothingToForget(TrialResult trial) {
    Double memorized = trial.before().memorizedPercent();
    return memorized != null && memorized == 0;
  }
}
