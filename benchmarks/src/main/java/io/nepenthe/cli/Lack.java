package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.summary.Completeness;
import io.nepenthe.summary.StoredRun;
import java.util.List;

/** Tells of runs that are not whole, on standard error and by the exit code. */
final class Lack {
  private Lack() {}

  /** Tells what a run lacks, and what of its folder does not count. */
  static void tell(Completeness completeness, Object run) {
    completeness.inWords(run.toString()).forEach(line -> System.err.println("nepenthe: " + line));
  }

  /** Returns the exit code of a command that has read runs and done its work. */
  static int exitCode(List<Completeness> read) {
    return read.stream().allMatch(Completeness::isComplete)
        ? 0
        : ErrorCode.RUN_INCOMPLETE.exitCode();
  }

  /**
   * Tells how many trials of a run failed, and returns the exit code of a command that ran them.
   *
   * @param again how they are run again, for a sentence
   */
  static int failed(StoredRun run, String again) {
    long failed = run.trials().stream().filter(trial -> trial.outcome().hasFailed()).count();
    if (failed == 0) {
      return 0;
    }
    System.err.printf(
        "nepenthe: %d of %d trials failed; the report lists the reasons, and %s.%n",
        failed, run.trials().size(), again);
    return ErrorCode.TRIAL_FAILED.exitCode();
  }
}
