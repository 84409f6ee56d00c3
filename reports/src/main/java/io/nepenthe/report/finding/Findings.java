package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.TaskChallenges;
import java.util.Comparator;
import java.util.List;

/** The three findings that a report of a run with challenges opens with. */
public final class Findings {
  private static final int SHOWN = 3;

  /** In the order of importance. */
  private static final List<Candidate> CANDIDATES =
      List.of(
          new CameBack("relearning", "artifacts", "Relearning"),
          new BestMethod(),
          new NewerMethods(),
          new CameBack("rounding", "int4", "Rounding to int4"),
          new DestroyedScore(),
          new FlatteredMethods(),
          new MembershipLeft(),
          new Reached(),
          new CameBack("prompts", "worst", "The worst of other prompts"));

  private Findings() {}

  /** Returns what is decided before what is not, each in the order of importance. */
  public static List<Finding> of(List<TaskChallenges> tasks) {
    return CANDIDATES.stream()
        .flatMap(candidate -> Finding.of(candidate, tasks).stream())
        .sorted(Comparator.comparing((Finding finding) -> !finding.isDecided()))
        .limit(SHOWN)
        .toList();
  }
}
