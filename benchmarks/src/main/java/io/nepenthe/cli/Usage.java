package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;

/** Options that are well-formed each, but wrong together or in value. */
final class Usage {
  private Usage() {}

  /** Returns the mistake, with the way to the command's help. */
  static NepentheException of(String command, String what) {
    return new NepentheException(
        ErrorCode.BAD_USAGE, what + ". See 'nepenthe " + command + " --help'.");
  }

  /** Refuses a value below 1. */
  static void requireAtLeastOne(String command, String option, int value) {
    if (value < 1) {
      throw of(command, option + " is " + value + ", must be at least 1");
    }
  }
}
