package io.nepenthe.runstore;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a trial ended. Only a valid trial has scores after mitigation. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrialOutcome.Valid.class, name = "valid"),
  @JsonSubTypes.Type(value = TrialOutcome.Invalid.class, name = "invalid"),
  @JsonSubTypes.Type(value = TrialOutcome.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = TrialOutcome.TimedOut.class, name = "timed-out"),
  @JsonSubTypes.Type(value = TrialOutcome.NotApplicable.class, name = "not-applicable")
})
public sealed interface TrialOutcome {
  /** The mitigated weights were whole and were measured. */
  record Valid() implements TrialOutcome {}

  /**
   * The method returned something that is no model.
   *
   * @param reason one line
   */
  record Invalid(String reason) implements TrialOutcome {}

  /**
   * The method threw, ended its process, ran out of memory or crashed.
   *
   * @param reason one line
   */
  record Failed(String reason) implements TrialOutcome {}

  /**
   * The method did not end within its budget.
   *
   * @param reason one line
   */
  record TimedOut(String reason) implements TrialOutcome {}

  /**
   * There was nothing to mitigate: the original model reproduces no artifact.
   *
   * @param reason one line
   */
  record NotApplicable(String reason) implements TrialOutcome {}

  /** Returns true if something went wrong; false, too, where there was nothing to do. */
  default boolean hasFailed() {
    return !(this instanceof Valid || this instanceof NotApplicable);
  }

  /** Returns the reason, empty for a valid trial. */
  default String explanation() {
    if (this instanceof Invalid invalid) {
      return invalid.reason();
    }
    if (this instanceof Failed failed) {
      return failed.reason();
    }
    if (this instanceof TimedOut timedOut) {
      return timedOut.reason();
    }
    return this instanceof NotApplicable none ? none.reason() : "";
  }
}
