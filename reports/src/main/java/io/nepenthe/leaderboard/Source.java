package io.nepenthe.leaderboard;

import io.nepenthe.runstore.MachineClass;
import io.nepenthe.summary.StoredRun;
import java.util.List;

/**
 * A run whose results a board holds.
 *
 * @param suite name of its suite
 * @param seeds its seeds, rising
 * @param tasks ids of its tasks, sorted
 * @param trials how many are stored
 * @param machine of its judge, in words
 */
public record Source(
    String suite, List<Long> seeds, List<String> tasks, int trials, String machine) {
  /** Copies the lists. */
  public Source {
    seeds = List.copyOf(seeds);
    tasks = List.copyOf(tasks);
  }

  static Source of(StoredRun run) {
    return new Source(
        run.info().suite(),
        run.info().seeds().stream().sorted().toList(),
        run.info().tasks().stream().sorted().toList(),
        run.trials().size(),
        MachineClass.of(run.info().provenance()).words());
  }
}
