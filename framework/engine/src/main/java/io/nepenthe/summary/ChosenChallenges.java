package io.nepenthe.summary;

import io.nepenthe.runstore.ChallengeResult;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells challenges of the trials that stand for their methods from those of trials that did. */
final class ChosenChallenges {
  private ChosenChallenges() {}

  /** Returns those of a run's originals and chosen trials, in the suite's order, then by seed. */
  static List<ChallengeResult> of(StoredRun run, List<ChallengeResult> all) {
    Set<ChallengedModel> chosen = new HashSet<>(ChallengedModel.of(run));
    List<String> tasks = run.info().tasks();
    List<String> methods = run.info().methods();
    return all.stream()
        .filter(result -> chosen.contains(ChallengedModel.of(result)))
        .sorted(
            Comparator.<ChallengeResult>comparingInt(each -> tasks.indexOf(each.task()))
                .thenComparingInt(each -> methods.indexOf(each.subject())) // -1 for the original
                .thenComparingLong(ChallengeResult::seed))
        .toList();
  }
}
