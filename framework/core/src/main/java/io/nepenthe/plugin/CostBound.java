package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The most a method may cost at the paper's size, in units that the model's own code sets: the
 * speed that a faithful implementation can have. The benchmark of methods' costs holds it against
 * what it measures.
 *
 * @param unit what is counted
 * @param atMost the most units one localization for a whole shared grid may take, or ten steps of a
 *     method that is counted in steps
 * @param at values to measure it at, per hyper-parameter, where the searched ones do not do: so
 *     that a method counted in steps takes ten
 */
public record CostBound(
    Unit unit,
    double atMost,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<Object>> at) {
  /** What a method's cost is counted in; all at the paper's size, all on the same rows. */
  public enum Unit {
    /** A forward pass with its loss over the forget set. */
    @JsonProperty("forward")
    FORWARD,
    /** A forward and a backward pass over the forget set, as training takes them. */
    @JsonProperty("gradient")
    GRADIENT,
    /** Ten forward and backward passes over a batch of 64, as training takes them. */
    @JsonProperty("step-without-optimizer")
    STEP_WITHOUT_OPTIMIZER,
    /** Ten training steps on a batch of 64. */
    @JsonProperty("step")
    STEP,
    /** Ten plain training steps on a batch of 128. */
    @JsonProperty("training-step")
    TRAINING_STEP
  }

  /** Checks the unit and the bound, and copies the map. */
  public CostBound {
    if (unit == null || !(atMost > 0 && Double.isFinite(atMost))) {
      throw new IllegalArgumentException(
          "costBound needs a unit and an atMost above 0; it has unit "
              + unit
              + ", atMost "
              + atMost);
    }
    at = Collections.unmodifiableMap(new LinkedHashMap<>(at == null ? Map.of() : at));
  }

  /** Checks that every name is one of the hyper-parameters. */
  void check(Set<String> hyperparameters) {
    if (!hyperparameters.containsAll(at.keySet())) {
      throw new IllegalArgumentException(
          "costBound.at has " + at.keySet() + "; there is " + hyperparameters);
    }
  }
}
