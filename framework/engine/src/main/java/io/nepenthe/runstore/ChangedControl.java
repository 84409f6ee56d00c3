package io.nepenthe.runstore;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;

/** A method that is to leave the model as it is has another one: models get mixed up. */
public final class ChangedControl {
  private ChangedControl() {}

  /**
   * Returns the mistake.
   *
   * @param trial which one
   * @param changedEntries by how many weights its model differs from the original
   */
  public static NepentheException of(String trial, long changedEntries) {
    return new NepentheException(
        ErrorCode.RUN_INCOMPLETE,
        trial
            + ": it is to change nothing, and "
            + changedEntries
            + " weights differ from the original model's. Models get mixed up here, so no number of"
            + " this run can be trusted: look for what writes to its folder or to the cache, and run"
            + " again with another --out folder and NEPENTHE_HOME.");
  }
}
