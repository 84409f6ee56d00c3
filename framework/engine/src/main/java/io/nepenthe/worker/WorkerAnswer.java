package io.nepenthe.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nepenthe.runstore.TrialTime;
import org.jspecify.annotations.Nullable;

/** What a worker says: one line of JSON on its standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkerAnswer.Progressed.class, name = "progressed"),
  @JsonSubTypes.Type(value = WorkerAnswer.Mitigated.class, name = "mitigated"),
  @JsonSubTypes.Type(value = WorkerAnswer.PointFailed.class, name = "point-failed"),
  @JsonSubTypes.Type(value = WorkerAnswer.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = WorkerAnswer.Done.class, name = "done")
})
public sealed interface WorkerAnswer {
  /**
   * So many steps are done.
   *
   * @param done steps done
   * @param total steps to do
   */
  record Progressed(long done, long total) implements WorkerAnswer {}

  /**
   * A mitigated model lies in the folder; the worker waits for Continue.
   *
   * @param point index of the grid point
   * @param time what the trial would have taken alone
   * @param peakMemoryBytes largest resident memory meanwhile; null if unknown
   * @param peakDeviceMemoryBytes largest memory in use on the GPU meanwhile; null if unknown
   */
  record Mitigated(
      int point,
      TrialTime time,
      @Nullable Long peakMemoryBytes,
      @Nullable Long peakDeviceMemoryBytes)
      implements WorkerAnswer {}

  /**
   * A grid point failed; the others go on.
   *
   * @param point index of the grid point
   * @param reason one line
   */
  record PointFailed(int point, String reason) implements WorkerAnswer {}

  /**
   * The whole request failed.
   *
   * @param reason one line
   */
  record Failed(String reason) implements WorkerAnswer {}

  /**
   * The request is finished.
   *
   * @param healthy false if the method left threads behind, so that the process should not be
   *     reused
   * @param busySeconds how long it trained, or ran the method's own code; not loading and saving
   */
  record Done(boolean healthy, double busySeconds) implements WorkerAnswer {}
}
