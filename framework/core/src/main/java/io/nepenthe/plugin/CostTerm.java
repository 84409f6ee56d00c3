package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * One addend of what a method costs, counted in the model's own passes over single rows: a factor
 * times a product of quantities. It says what a run will take before it runs; nothing is measured
 * by it.
 *
 * @param pass the pass that is counted
 * @param factor passes for each unit of the product
 * @param of names of hyper-parameters, of sets of rows ("forget-set", "retain-set", "twins",
 *     "extra": their number of rows), "neurons" (all layers' hidden units) or "parameters"
 */
public record CostTerm(Pass pass, double factor, List<String> of) {
  /** Quantities that are no hyper-parameters. */
  public static final Set<String> QUANTITIES =
      Set.of("forget-set", "retain-set", "twins", "extra", "neurons", "parameters");

  /** A pass over one row. */
  public enum Pass {
    /** Forward, with the loss. */
    @JsonProperty("forward")
    FORWARD,
    /** Forward and backward. */
    @JsonProperty("gradient")
    GRADIENT
  }

  /** Checks the factor and copies the list. */
  public CostTerm {
    if (pass == null || !(factor > 0 && Double.isFinite(factor)) || of == null) {
      throw new IllegalArgumentException(
          "a cost needs a pass, a factor above 0 and a list 'of'; it has pass "
              + pass
              + ", factor "
              + factor
              + ", of "
              + of);
    }
    of = List.copyOf(of);
  }

  /** Checks that every name is a quantity or one of the hyper-parameters. */
  void check(Set<String> hyperparameters) {
    for (String name : of) {
      if (!QUANTITIES.contains(name) && !hyperparameters.contains(name)) {
        throw new IllegalArgumentException(
            "a cost is of '" + name + "', which is no hyper-parameter and none of " + QUANTITIES);
      }
    }
  }

  /**
   * Returns how many passes over a row a grid point takes.
   *
   * @param quantities gives the value of each of {@link #QUANTITIES} that is asked for
   */
  public double passes(Map<String, Number> point, ToDoubleFunction<String> quantities) {
    double passes = factor;
    for (String name : of) {
      Number value = point.get(name);
      passes *= value == null ? quantities.applyAsDouble(name) : value.doubleValue();
    }
    return passes;
  }
}
