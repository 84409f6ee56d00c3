package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.statistics.Ranking;
import java.util.List;
import java.util.Optional;

/** Which method forgets most at what cost, and does a test tell it from the next? */
final class BestMethod implements Candidate {
  @Override
  public Optional<Clause> clause(TaskChallenges task) {
    List<Ranking.Place> places = Quoted.places(task.report(), task.task());
    if (places.size() < 2) {
      return Optional.empty();
    }
    Verdict verdict = places.get(1).differsFromBest() ? Verdict.YES : Verdict.UNDECIDED;
    return Optional.of(new Clause(task.task(), verdict, words(task, places)));
  }

  private static String words(TaskChallenges task, List<Ranking.Place> places) {
    ReportModel report = task.report();
    String best = places.get(0).id();
    Ranking.Place next = places.get(1);
    long untold = places.stream().skip(1).filter(place -> !place.differsFromBest()).count();
    return "On %s, %s has the best score and leaves %s of the artifacts memorized%s, at %s; %s."
        .formatted(
            task.task(),
            Quoted.name(report, best),
            Quoted.measure(report, task.task(), best, Measure.MEMORIZED)
                .map(memorized -> Quoted.of(memorized, 1, " %"))
                .orElse("an unknown share"),
            Quoted.original(report, task.task(), Measure.MEMORIZED)
                .map(was -> " of the original model’s " + Numbers.decimal(was.mean(), 1) + " %")
                .orElse(""),
            Quoted.utility(report, task.task(), best),
            next.differsFromBest()
                ? "a test tells it from the next, "
                    + Quoted.name(report, next.id())
                    + " ("
                    + Quoted.p(next.withBest())
                    + "), and no test from "
                    + untold
                    + " of "
                    + (places.size() - 1)
                : "no test tells it from the next, "
                    + Quoted.name(report, next.id())
                    + " ("
                    + Quoted.p(next.withBest())
                    + "), nor from "
                    + (untold - 1)
                    + " more of "
                    + (places.size() - 1));
  }

  @Override
  public String lead(Verdict verdict) {
    return verdict == Verdict.YES
        ? "The best method is told from the next"
        : "Which method is best is not decided";
  }
}
