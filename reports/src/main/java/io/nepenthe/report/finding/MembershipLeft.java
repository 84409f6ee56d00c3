package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.AttacksTable;
import io.nepenthe.report.lasting.ChallengeWords;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.Effect;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.retention.Variant;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.selection.BySeed;
import io.nepenthe.statistics.Holm;
import io.nepenthe.statistics.PairedTest;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Does a membership test still see artifacts that the models no longer recite? */
final class MembershipLeft implements Candidate {
  private static final String MEMBERSHIP = "membership";

  /** One test: AUCs of a method, over seeds, against 0.5. */
  private record Tested(String method, PairedTest test) {}

  @Override
  public Optional<Clause> clause(TaskChallenges task) {
    List<String> silent =
        task.compared().stream().filter(method -> recitesLittle(task, method)).toList();
    List<Tested> tests = new ArrayList<>();
    for (Variant variant : task.measured().variants(MEMBERSHIP)) {
      for (String method : silent) {
        task.measured()
            .values(method, variant, AttacksTable.AUC)
            .flatMap(MembershipLeft::test)
            .ifPresent(test -> tests.add(new Tested(method, test)));
      }
    }
    return tests.isEmpty() ? Optional.empty() : Optional.of(clause(task, silent.size(), tests));
  }

  private static boolean recitesLittle(TaskChallenges task, String method) {
    return Quoted.measure(task.report(), task.task(), method, Measure.MEMORIZED)
        .filter(memorized -> memorized.max() <= Effect.TARGET_MEMORIZED_PERCENT)
        .isPresent();
  }

  private static Optional<PairedTest> test(BySeed auc) {
    List<Double> values = List.copyOf(auc.values().values());
    return PairedTest.of(values, Collections.nCopies(values.size(), AttacksTable.FORGOTTEN));
  }

  private static Clause clause(TaskChallenges task, int silent, List<Tested> tests) {
    List<Double> adjusted = Holm.adjust(tests.stream().map(each -> each.test().p()).toList());
    Set<String> seen = new HashSet<>();
    Set<String> over = new HashSet<>();
    for (int i = 0; i < tests.size(); i++) {
      if (adjusted.get(i) < Ranking.LEVEL) {
        (tests.get(i).test().meanDifference() > 0 ? seen : over).add(tests.get(i).method());
      }
    }
    String words =
        "On %s, of %s that leave at most %s %% memorized in every seed, tests (Holm over %d) tell an AUC above 0.5 for %d and below, over-unlearned, for %d%s."
            .formatted(
                task.task(),
                Words.count(silent, "method"),
                Numbers.decimal(Effect.TARGET_MEMORIZED_PERCENT, 0),
                tests.size(),
                seen.size(),
                over.size(),
                largest(task));
    return new Clause(task.task(), seen.isEmpty() ? Verdict.UNDECIDED : Verdict.YES, words);
  }

  /** Returns the AUC of the original model, for comparison. */
  private static String largest(TaskChallenges task) {
    return task.measured().variants(MEMBERSHIP).stream()
        .findFirst()
        .flatMap(
            variant ->
                task.measured()
                    .values(ChallengeResult.ORIGINAL, variant, AttacksTable.AUC)
                    .map(
                        auc ->
                            String.format(
                                Locale.ROOT,
                                "; the original model’s is %s by %s",
                                Quoted.of(auc.statistic(), 2),
                                ChallengeWords.variant(variant))))
        .orElse("");
  }

  @Override
  public String lead(Verdict verdict) {
    return verdict == Verdict.YES
        ? "A membership test still sees artifacts that models no longer recite"
        : "Whether a membership test still sees what is no longer recited is not decided";
  }
}
