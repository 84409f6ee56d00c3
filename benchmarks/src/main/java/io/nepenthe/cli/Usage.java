package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;

/** Options that are well-formed each, but wrong together or in value. */
final class Usage {
  /** Threads, worker processes, fresh JVMs: more than any machine has. */
  static final int MOST_THREADS = 256;

  private Usage() {}

  /** Returns the mistake, with the way to the command's help. */
  static NepentheException of(String command, String what) {
    return new NepentheException(
        ErrorCode.BAD_USAGE, what + ". See 'nepenthe " + command + " --help'.");
  }

  /** Refuses a number that is not in [1, most]. */
  static void requireWithin(String command, String option, int value, int most) {
    if (value < 1 || value > most) {
      throw of(command, option + " is " + value + ", must be at least 1 and at most " + most);
    }
  }
}
