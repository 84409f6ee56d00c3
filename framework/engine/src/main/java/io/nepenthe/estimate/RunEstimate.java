package io.nepenthe.estimate;

import java.util.List;

/**
 * Estimate of what a run will take, from the speed of this machine and what methods say they cost,
 * with every eligible artifact row memorized. What of it a run's folder already holds is not
 * subtracted.
 *
 * @param suite name of the suite
 * @param workers worker processes at a time
 * @param tasks one each
 * @param total all tasks together
 * @param wallSeconds from start to report, on an idle machine
 * @param diskBytes checkpoints and results
 */
public record RunEstimate(
    String suite,
    int workers,
    List<TaskEstimate> tasks,
    TaskEstimate total,
    double wallSeconds,
    long diskBytes) {
  /** Start of a worker: a JVM, libtorch, the model and the rows. */
  public static final double SECONDS_OF_A_START = 1.5;

  private static final long BYTES_OF_A_TRIAL = 8_192;

  /** Copies the list. */
  public RunEstimate {
    tasks = List.copyOf(tasks);
  }

  /** Returns the estimate of tasks that some workers share. */
  static RunEstimate of(String suite, int workers, List<TaskEstimate> tasks) {
    TaskEstimate total = tasks.stream().reduce((a, b) -> a.plus(b, "all tasks")).orElseThrow();
    double shared =
        total.trainingSeconds()
            + total.methodSeconds()
            + total.measuringSeconds()
            + total.challengeSeconds()
            + total.workerStarts() * SECONDS_OF_A_START;
    return new RunEstimate(
        suite,
        workers,
        tasks,
        total,
        shared / workers + total.timingSeconds(),
        total.checkpointBytes() + total.trials() * BYTES_OF_A_TRIAL);
  }
}
