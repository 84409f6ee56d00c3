package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.FooledTable;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.retention.RankChange;
import io.nepenthe.retention.Regained;
import io.nepenthe.wording.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Does % memorized rank methods too high that recite again when challenged? */
final class FlatteredMethods implements Candidate {
  @Override
  public Optional<Clause> clause(TaskChallenges task) {
    List<RankChange> lower =
        task.ranks().stream()
            .filter(change -> change.lost() > 0)
            .filter(change -> task.compared().contains(change.method()))
            .sorted(Comparator.comparingInt(RankChange::lost).reversed())
            .toList();
    if (lower.isEmpty()) {
      return Optional.empty();
    }
    Optional<RankChange> told = lower.stream().filter(each -> isTold(task, each)).findFirst();
    RankChange named = told.orElse(lower.get(0));
    return Optional.of(
        new Clause(
            task.task(),
            told.isPresent() ? Verdict.YES : Verdict.UNDECIDED,
            words(task, lower.size(), named)));
  }

  private static boolean isTold(TaskChallenges task, RankChange change) {
    return FooledTable.surest(task, change.method()).filter(Regained::isTold).isPresent();
  }

  private static String words(TaskChallenges task, int lower, RankChange named) {
    return "On %s, %d of %s %s ranks when the worst challenge counts; %s falls from rank %d, %s %% memorized, to rank %d, %s %% (%s)."
        .formatted(
            task.task(),
            lower,
            Words.count(task.ranks().size(), "method"),
            lower == 1 ? "loses" : "lose",
            Quoted.name(task.report(), named.method()),
            named.judged().rank(),
            Numbers.decimal(named.judged().memorized().statistic().mean(), 1),
            named.challenged().rank(),
            Numbers.decimal(named.challenged().memorized().statistic().mean(), 1),
            FooledTable.surest(task, named.method())
                .map(test -> "that rows come back: " + Quoted.p(test.adjustedP()))
                .orElse("not tested"));
  }

  @Override
  public String lead(Verdict verdict) {
    return verdict == Verdict.YES
        ? "Memorization as judged flatters methods that recite again when challenged"
        : "Ranks change under challenges, but no test tells a return";
  }
}
