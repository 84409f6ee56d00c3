package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Sentences;
import io.nepenthe.statistics.Comparison;
import io.nepenthe.statistics.Ranking;
import java.util.List;
import java.util.Optional;

/** Does a method that the paper does not have beat the paper's best? */
final class NewerMethods implements Candidate {
  @Override
  public Optional<Clause> clause(TaskChallenges task) {
    ReportModel report = task.report();
    List<Ranking.Place> places = Quoted.places(report, task.task());
    List<Ranking.Place> paper = places.stream().filter(each -> isPapers(report, each)).toList();
    List<Ranking.Place> newer = places.stream().filter(each -> !isPapers(report, each)).toList();
    return paper.isEmpty() || newer.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Clause(task.task(), verdict(paper, newer), words(task, paper.get(0), newer)));
  }

  private static boolean isPapers(ReportModel report, Ranking.Place place) {
    return report.info().method(place.id()).paperName() != null;
  }

  /** The best of all is not compared with itself; all others are compared with it. */
  private static Verdict verdict(List<Ranking.Place> paper, List<Ranking.Place> newer) {
    if (paper.get(0).differsFromBest()) {
      return newer.get(0).withBest() == null ? Verdict.YES : Verdict.UNDECIDED;
    }
    return newer.stream().allMatch(Ranking.Place::differsFromBest) ? Verdict.NO : Verdict.UNDECIDED;
  }

  private static String words(TaskChallenges task, Ranking.Place paper, List<Ranking.Place> all) {
    ReportModel report = task.report();
    Ranking.Place newer = all.get(0);
    boolean papersIsBest = paper.withBest() == null;
    Comparison between = papersIsBest ? newer.withBest() : paper.withBest();
    List<String> untold =
        all.stream()
            .filter(each -> papersIsBest && !each.differsFromBest())
            .map(each -> Quoted.name(report, each.id()))
            .toList();
    return "On %s, the best newer method is %s, score %s; the paper’s best is %s, score %s (lower is better; %s)."
            .formatted(
                task.task(),
                Quoted.name(report, newer.id()),
                Quoted.of(newer.score(), 3),
                Quoted.name(report, paper.id()),
                Quoted.of(paper.score(), 3),
                Quoted.p(between))
        + Sentences.naming("Not told from the paper’s best:", untold);
  }

  @Override
  public String lead(Verdict verdict) {
    return switch (verdict) {
      case YES -> "A newer method beats the paper’s best";
      case NO -> "No newer method comes up to the paper’s best";
      case UNDECIDED -> "Whether a newer method beats the paper’s best is not decided";
    };
  }
}
