package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a report opens with.
 *
 * @param lead what it comes to, a sentence for each verdict
 * @param details the numbers behind it, one text for each task
 * @param isDecided true if the question is decided on any task
 */
public record Finding(String lead, List<String> details, boolean isDecided) {
  /** Copies the list. */
  public Finding {
    details = List.copyOf(details);
  }

  /** Asks the question of every task; nothing if it arises on none. */
  static Optional<Finding> of(Candidate candidate, List<TaskChallenges> tasks) {
    List<Clause> clauses = tasks.stream().flatMap(task -> candidate.clause(task).stream()).toList();
    if (clauses.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            lead(candidate, clauses),
            clauses.stream().map(Clause::words).toList(),
            clauses.stream().anyMatch(each -> each.verdict() != Verdict.UNDECIDED)));
  }

  private static String lead(Candidate candidate, List<Clause> clauses) {
    List<String> sentences = new ArrayList<>();
    for (Verdict verdict : Arrays.asList(Verdict.values())) {
      List<String> tasks =
          clauses.stream().filter(each -> each.verdict() == verdict).map(Clause::task).toList();
      if (!tasks.isEmpty()) {
        sentences.add(candidate.lead(verdict) + " on " + Sentences.list(tasks) + ".");
      }
    }
    return String.join(" ", sentences);
  }

  /** Returns all of it in one line. */
  public String words() {
    return lead + " " + String.join(" ", details);
  }
}
