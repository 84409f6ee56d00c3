package io.nepenthe.leaderboard;

import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.RunInfo;
import java.util.List;

/**
 * A run whose results a board holds.
 *
 * @param submission name of its archive; empty if it is a folder
 * @param tier how far it was verified
 * @param suite name of its suite
 * @param seeds its seeds, rising
 * @param tasks ids of its tasks, sorted
 * @param trials how many are stored
 * @param missing how many results it is to hold and does not
 * @param damaged its files that are not what was written, sorted
 * @param machine of its judge, in words
 * @param refusals why nothing of it takes a place; empty if it may
 */
public record Source(
    String submission,
    Tier tier,
    String suite,
    List<Long> seeds,
    List<String> tasks,
    int trials,
    int missing,
    List<String> damaged,
    String machine,
    List<String> refusals) {
  /** Copies the lists. */
  public Source {
    seeds = List.copyOf(seeds);
    tasks = List.copyOf(tasks);
    damaged = List.copyOf(damaged);
    refusals = List.copyOf(refusals);
  }

  static Source of(SubmittedRun submission) {
    RunInfo info = submission.run().info();
    return new Source(
        submission.name(),
        submission.tier(),
        info.suite(),
        info.seeds().stream().sorted().toList(),
        info.tasks().stream().sorted().toList(),
        submission.run().trials().size(),
        submission.run().completeness().absent().size(),
        submission.run().completeness().damaged(),
        MachineClass.of(info.provenance()).words(),
        submission.refusals());
  }
}
