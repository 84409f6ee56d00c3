package io.nepenthe.original;

import io.nepenthe.data.Sequences;
import io.nepenthe.training.TrainingHook;

/**
 * What a training is made of beside its plan.
 *
 * @param rows the rows to train on
 * @param length how many of their leading columns are trained
 * @param ownRows true if a method chose rows other than all of the task's
 * @param hook what takes part in each step
 */
public record TrainingSetup(Sequences rows, int length, boolean ownRows, TrainingHook hook) {
  /** Checks that there is something to train on. */
  public TrainingSetup {
    if (rows.isEmpty() || rows.length() < length) {
      throw new IllegalArgumentException(
          "a training of " + length + " columns cannot be made on " + rows);
    }
  }

  /** Returns the setup of plain training: all rows, no hook. */
  public static TrainingSetup plain(Sequences rows, int length) {
    return new TrainingSetup(rows, length, false, TrainingHook.NONE);
  }
}
