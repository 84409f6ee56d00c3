package io.nepenthe.worker;

/** A worker's process ended before its answer. */
public final class WorkerDiedException extends Exception {
  private static final int INTERRUPTED_EXIT_CODE = 130;
  private static final int KILLED_EXIT_CODE = 137;
  private static final int TERMINATED_EXIT_CODE = 143;
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * Makes one.
   *
   * @param message one line for the user
   * @param exitCode of the process; 128 and more for a signal
   */
  public WorkerDiedException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns true if the process was ended by a signal that no process sends itself by mistake. */
  boolean wasKilled() {
    return exitCode == KILLED_EXIT_CODE;
  }

  /** Returns true if someone asked the process to end, as Ctrl-C asks every process of a run. */
  boolean wasInterrupted() {
    return exitCode == INTERRUPTED_EXIT_CODE || exitCode == TERMINATED_EXIT_CODE;
  }
}
