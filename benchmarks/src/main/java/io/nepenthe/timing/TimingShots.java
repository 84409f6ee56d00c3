package io.nepenthe.timing;

import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.exchange.WorkerRequest.MitigationJob;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
   * @param checkpoint folder of the model that was mitigated; for a regularizer, its final one
   * @param request for what is repeated, on the device of the timing
   */
  record Shot(
      long seed,
      String trialId,
      Map<String, Number> hyperparameters,
      String checkpoint,
      WorkerRequest request) {
    /** Returns what a method does to the model. */
    MitigationJob mitigation() {
      return ((WorkerRequest.Mitigate) request).job();
    }

    /** Returns the training that a regularizer took part in. */
    WorkerRequest.Train training() {
      return (WorkerRequest.Train) request;
    }
  }

  static TimingShots fromProperty() throws IOException {
    return Json.mapper()
        .readValue(Path.of(System.getProperty(PROPERTY)).toFile(), TimingShots.class);
  }
}
