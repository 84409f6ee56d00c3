package io.nepenthe.cli;

import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import java.nio.file.Path;

/** Runs that commands read. */
final class StoredRuns {
  private StoredRuns() {}

  /**
   * Returns what a folder holds of its run; damaged files, and what it lacks, are reported on
   * standard error.
   */
  static StoredRun read(Path folder) {
    return read(new RunStore(folder, Console::warn));
  }

  /** Returns it, of a store. */
  static StoredRun read(RunStore store) {
    StoredRun run = RunReader.read(store);
    Lack.tell(run.completeness(), store.folder());
    return run;
  }
}
