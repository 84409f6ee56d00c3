package io.nepenthe.worker;

import io.nepenthe.worker.Workers.Ending;
import java.util.Set;

/** A worker's process ended before its answer. */
public final class WorkerDiedException extends Exception {
  private static final int SIGNAL = 128;
  private static final int MOST_SIGNALS = 64;

  /** Illegal instruction, trap, abort, bus error, arithmetic, segment, system call. */
  private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11, 31);

  private static final long serialVersionUID = 1L;

  private final Ending ending;

  /**
   * Makes one.
   *
   * @param message one line for the user
   * @param ending who ended it
   */
  public WorkerDiedException(String message, Ending ending) {
    super(message);
    this.ending = ending;
  }

  /**
   * Returns the one of a process that nobody here ended. A signal comes from outside, other than
   * those of a crash: a JVM that is told to end by SIGTERM, SIGINT or SIGHUP has such a code too.
   */
  static WorkerDiedException of(int exitCode) {
    int signal = exitCode - SIGNAL;
    if (signal <= 0 || signal > MOST_SIGNALS) {
      return new WorkerDiedException(
          "the worker process ended with exit code " + exitCode, Ending.DIED);
    }
    return new WorkerDiedException(
        "the worker was ended by signal " + signal,
        CRASHES.contains(signal) ? Ending.CRASHED : Ending.KILLED);
  }

  Ending ending() {
    return ending;
  }
}
