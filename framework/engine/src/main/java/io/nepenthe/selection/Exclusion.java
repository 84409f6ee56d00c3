package io.nepenthe.selection;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trial that could not be chosen, and why.
 *
 * @param trial its id
 * @param hyperparameters its grid point
 * @param seed the run seed
 * @param kind what kept it out
 * @param reason one sentence with value and rule, or the trial's own reason
 */
public record Exclusion(
    String trial, Map<String, Number> hyperparameters, long seed, Kind kind, String reason) {
  /** Copies the map, sorted. */
  public Exclusion {
    hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
  }

  /** What keeps a trial out. */
  public enum Kind {
    /** The method threw, exited or crashed. */
    FAILED,
    /** What it returned is no model. */
    INVALID,
    /** It did not end within its budget. */
    TIMED_OUT,
    /** There is no artifact row to count, or none to forget. */
    NOT_APPLICABLE,
    /** It took longer than the method that sets the time limit. */
    SLOWER_THAN_LIMIT,
    /** Its perplexity is above the limit. */
    PERPLEXITY_TOO_HIGH,
    /** It memorizes more than the limit. */
    MEMORIZED_TOO_MUCH;

    /** Returns the kebab-case name used in results. */
    @JsonValue
    public String id() {
      return Words.id(this);
    }
  }

  static Exclusion of(TrialResult trial, Kind kind, String reason) {
    return new Exclusion(
        trial.id(), trial.identity().hyperparameters(), trial.identity().seed(), kind, reason);
  }
}
