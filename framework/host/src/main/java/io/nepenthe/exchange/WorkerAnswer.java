package io.nepenthe.exchange;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nepenthe.wording.Words;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a worker says: one line of JSON, on a pipe of its own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkerAnswer.Preparing.class, name = "preparing"),
  @JsonSubTypes.Type(value = WorkerAnswer.Begun.class, name = "begun"),
  @JsonSubTypes.Type(value = WorkerAnswer.Progressed.class, name = "progressed"),
  @JsonSubTypes.Type(value = WorkerAnswer.Localized.class, name = "localized"),
  @JsonSubTypes.Type(value = WorkerAnswer.Mitigated.class, name = "mitigated"),
  @JsonSubTypes.Type(value = WorkerAnswer.PointFailed.class, name = "point-failed"),
  @JsonSubTypes.Type(value = WorkerAnswer.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = WorkerAnswer.Impeded.class, name = "impeded"),
  @JsonSubTypes.Type(value = WorkerAnswer.Done.class, name = "done")
})
public sealed interface WorkerAnswer {
  /**
   * It is still busy with what comes before the work, or waits for another process.
   *
   * @param with what it does or waits for, in words
   */
  record Preparing(String with) implements WorkerAnswer {
    /** Makes one line of it. */
    public Preparing {
      with = Words.line(with);
    }
  }

  /** What comes now is the method's, or the training's: until here nothing speaks against it. */
  record Begun() implements WorkerAnswer {}

  /**
   * So many steps are done.
   *
   * @param done steps done
   * @param total steps to do
   */
  record Progressed(long done, long total) implements WorkerAnswer {}

  /**
   * The localization that all grid points share is done.
   *
   * @param seconds what it took
   */
  record Localized(double seconds) implements WorkerAnswer {}

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
      implements WorkerAnswer {
    /** Checks that there is a time. */
    public Mitigated {
      Objects.requireNonNull(time, "time is null");
    }

    /** Returns the answer with another time. */
    public Mitigated in(TrialTime other) {
      return new Mitigated(point, other, peakMemoryBytes, peakDeviceMemoryBytes);
    }
  }

  /**
   * A grid point failed; the others go on.
   *
   * @param point index of the grid point
   * @param reason one line
   */
  record PointFailed(int point, String reason) implements WorkerAnswer {
    /** Makes one line of the reason. */
    public PointFailed {
      reason = Words.line(reason);
    }
  }

  /**
   * The whole request failed.
   *
   * @param reason one line
   */
  record Failed(String reason) implements WorkerAnswer {
    /** Makes one line of the reason. */
    public Failed {
      reason = Words.line(reason);
    }
  }

  /**
   * The machine prevented the request: a full disk, no memory, too many open files.
   *
   * @param reason one line
   */
  record Impeded(String reason) implements WorkerAnswer {
    /** Makes one line of the reason. */
    public Impeded {
      reason = Words.line(reason);
    }
  }

  /**
   * The request is finished.
   *
   * @param busySeconds how long it trained, or ran the method's own code; not loading and saving
   */
  record Done(double busySeconds) implements WorkerAnswer {}
}
