package io.nepenthe.summary;

import io.nepenthe.runstore.RunStore;

/** Reads a run back from its folder and summarises it. */
public final class RunReader {
  private RunReader() {}

  /** Returns all that the folder holds of its run, and nothing else that lies there. */
  public static StoredRun read(RunStore store) {
    return StoredResults.of(store).summarised();
  }
}
