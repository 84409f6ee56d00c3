package io.nepenthe.timing;

import io.nepenthe.json.Json;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.worker.WorkerRequest.MitigationJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one fork is to repeat: a winner per seed. Handed over as a file.
 *
 * @param shots in the order of seeds
 * @param order which of them the fork repeats when, and how often
 */
record TimingShots(List<Shot> shots, TimingOrder order) {
  /** System property that names the file. */
  static final String PROPERTY = "nepenthe.timing.shots";

  /** System property that names the file for what JMH does not know of a shot. */
  static final String FORK_SHOTS_PROPERTY = "nepenthe.timing.fork-shots";

  /** Property: threads one operator may use. */
  static final String THREADS_PROPERTY = "nepenthe.timing.threads";

  /**
   * One winner.
   *
   * @param seed the run seed
   * @param trialId its id
   * @param hyperparameters its grid point
   * @param job how to repeat it; for a regularizer, its final checkpoint. Its plan's device is that
   *     of the timing
   * @param regularizer what takes part in training, null if nothing does
   */
  record Shot(
      long seed,
      String trialId,
      Map<String, Number> hyperparameters,
      MitigationJob job,
      @Nullable RegularizerUse regularizer) {}

  static TimingShots fromProperty() throws IOException {
    return Json.mapper()
        .readValue(Path.of(System.getProperty(PROPERTY)).toFile(), TimingShots.class);
  }
}
