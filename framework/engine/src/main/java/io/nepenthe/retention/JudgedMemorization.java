package io.nepenthe.retention;

import io.nepenthe.metric.Metrics;
import io.nepenthe.plugin.Family;
import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.summary.StoredRun;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the winners of a task's methods memorize as judged, before any challenge. */
final class JudgedMemorization {
  private JudgedMemorization() {}

  /** Returns % memorized by method, controls left out. */
  static Map<String, BySeed> of(StoredRun run, String task) {
    Map<String, BySeed> judged = new LinkedHashMap<>();
    for (TaskSelection selection : run.selection()) {
      for (MethodSelection method : selection.methods()) {
        BySeed memorized = method.winnerScores().of(Metrics.MEMORIZED);
        if (selection.task().equals(task)
            && method.family() != Family.CONTROL
            && memorized != null) {
          judged.put(method.method(), memorized);
        }
      }
    }
    return judged;
  }
}
