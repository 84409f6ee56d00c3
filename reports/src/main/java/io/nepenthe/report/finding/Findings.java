package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.TaskChallenges;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The three findings that a report of a run with challenges opens with: what can be said of the two
 * questions that such a run is made for, decided or not, and the most important of what else is
 * decided.
 */
public final class Findings {
  private static final int SHOWN = 3;

  private static final Comparator<Finding> DECIDED_FIRST =
      Comparator.comparing(finding -> !finding.isDecided());

  /** Does it stay forgotten, and would a newer method win? */
  private static final List<Candidate> QUESTIONS =
      List.of(new CameBack("relearning", "artifacts", "Relearning"), new NewerMethods());

  /** In the order of importance. */
  private static final List<Candidate> OTHERS =
      List.of(
          new BestMethod(),
          new CameBack("rounding", "int4", "Rounding to int4"),
          new DestroyedScore(),
          new FlatteredMethods(),
          new MembershipLeft(),
          new Reached(),
          new CameBack("prompts", "worst", "The worst of other prompts"));

  private Findings() {}

  /** Returns them, what is decided before what is not. */
  public static List<Finding> of(List<TaskChallenges> tasks) {
    return Stream.concat(ask(QUESTIONS, tasks), ask(OTHERS, tasks).sorted(DECIDED_FIRST))
        .limit(SHOWN)
        .sorted(DECIDED_FIRST)
        .toList();
  }

  private static Stream<Finding> ask(List<Candidate> candidates, List<TaskChallenges> tasks) {
    return candidates.stream().flatMap(candidate -> Finding.of(candidate, tasks).stream());
  }
}
