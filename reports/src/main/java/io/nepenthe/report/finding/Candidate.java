package io.nepenthe.report.finding;

import io.nepenthe.report.lasting.TaskChallenges;
import java.util.Optional;

/** A question that a report may open with. */
interface Candidate {
  /** Returns what can be said of one task; nothing if the question does not arise there. */
  Optional<Clause> clause(TaskChallenges task);

  /** Returns the verdict as the beginning of a sentence that ends by naming tasks. */
  String lead(Verdict verdict);
}
