package io.nepenthe.run;

import java.nio.file.Path;
import java.util.List;

/**
 * Where and how a run is executed; none of it changes a valid result.
 *
 * @param out the run's folder
 * @param cache folder of the checkpoint cache
 * @param home folder of the program's sources
 * @param workers worker processes at a time
 * @param javaOptions further options of workers' JVMs
 * @param retryFailed true if trials that failed before are done again
 */
public record RunSettings(
    Path out, Path cache, Path home, int workers, List<String> javaOptions, boolean retryFailed) {
  /** Copies the list. */
  public RunSettings {
    javaOptions = List.copyOf(javaOptions);
  }
}
