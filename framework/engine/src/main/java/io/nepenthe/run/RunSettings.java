package io.nepenthe.run;

import io.nepenthe.worker.Workers;
import java.nio.file.Path;

/**
 * Where and how a run is executed; none of it changes a valid result.
 *
 * @param out the run's folder
 * @param cache folder of the checkpoint cache
 * @param home folder of the program's sources
 * @param workers who computes
 * @param retryFailed true if trials that failed before are done again
 * @param log file for what workers print
 */
public record RunSettings(
    Path out, Path cache, Path home, Workers.Source workers, boolean retryFailed, Path log) {
  /** Makes settings with the log in the run's folder. */
  public RunSettings(Path out, Path cache, Path home, Workers.Source workers, boolean retryFailed) {
    this(out, cache, home, workers, retryFailed, out.resolve("workers.log"));
  }
}
