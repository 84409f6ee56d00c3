package io.nepenthe.protocol;

/**
 * Kinds of errors a user can cause or meet; each has the exit code of the {@code nepenthe} command.
 */
public enum ErrorCode {
  /** An option or argument of the command is unknown or malformed. */
  BAD_USAGE(2),
  /** A suite does not exist, is no valid YAML, or asks for something that is not there. */
  BAD_SUITE(3),
  /** A plugin jar is damaged, incomplete, or needs another protocol version. */
  PLUGIN_REJECTED(4),
  /** A model folder is damaged or not of a kind this program reads. */
  BAD_CHECKPOINT(5),
  /** A data file (rows of token ids) is damaged or does not fit the model. */
  BAD_DATA(6),
  /** A stored result is damaged or from another protocol version. */
  STORE_CORRUPT(7),
  /** A folder or file cannot be read or written. */
  IO(8),
  /** The run ended, but at least one trial failed. */
  TRIAL_FAILED(9),
  /** Original models could not be trained or measured, so the run is incomplete. */
  RUN_INCOMPLETE(10),
  /** Two runs were compared, and something got worse. */
  GOT_WORSE(11),
  /**
   * The run's trials are all there, but a winner could not be timed; the same command tries again.
   */
  TIMING_FAILED(12),
  /** A submitted archive breaks a rule: its results are not to be believed. */
  NOT_VERIFIED(13),
  /** Nothing of a submitted archive is wrong, but a question is open. */
  QUESTIONED(14),
  /** Something that is needed is missing: on this machine, or a unit that is to be done before. */
  NOT_READY(15),
  /** Interrupted by the user; the same command continues. */
  INTERRUPTED(130);

  private final int exitCode;

  ErrorCode(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Returns the exit code of the command. */
  public int exitCode() {
    return exitCode;
  }
}
