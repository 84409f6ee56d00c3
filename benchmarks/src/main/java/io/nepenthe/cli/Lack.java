package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.summary.Completeness;
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
}
