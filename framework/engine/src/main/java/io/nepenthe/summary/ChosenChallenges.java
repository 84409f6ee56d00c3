package io.nepenthe.summary;

import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.selection.Winner;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tells challenges of the trials that stand for their methods from those of trials that did. */
final class ChosenChallenges {
  private ChosenChallenges() {}

  /** Returns those of a run's originals and chosen trials, in the suite's order, then by seed. */
  static List<ChallengeResult> of(StoredRun run, List<ChallengeResult> all) {
    List<String> tasks = run.info().tasks();
    List<String> methods = run.info().methods();
    return all.stream()
        .filter(
            result ->
                result.subject().equals(ChallengeResult.ORIGINAL)
                    ? isOfOriginal(run, result)
                    : isOfWinner(run, result))
        .sorted(
            Comparator.<ChallengeResult>comparingInt(each -> tasks.indexOf(each.task()))
                .thenComparingInt(each -> methods.indexOf(each.subject())) // -1 for the original
                .thenComparingLong(ChallengeResult::seed))
        .toList();
  }

  private static boolean isOfOriginal(StoredRun run, ChallengeResult result) {
    return run.originals().stream()
        .map(OriginalResult::id)
        .anyMatch(OriginalResult.id(result.task(), result.seed())::equals);
  }

  private static boolean isOfWinner(StoredRun run, ChallengeResult result) {
    return run.selection().stream()
        .filter(selection -> selection.task().equals(result.task()))
        .flatMap(selection -> selection.of(result.subject()).stream())
        .flatMap(method -> Optional.ofNullable(method.winners().get(result.seed())).stream())
        .map(Winner::trial)
        .anyMatch(trial -> Objects.equals(trial, result.trial()));
  }
}
