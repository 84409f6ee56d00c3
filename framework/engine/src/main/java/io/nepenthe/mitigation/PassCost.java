package io.nepenthe.mitigation;

import io.nepenthe.plugin.CostTerm;
import io.nepenthe.run.TrialGroup;
import java.util.List;
import java.util.Map;

/**
 * What methods say they cost, in forward passes of one row; 0 where they say nothing.
 *
 * @param quantities how many rows, neurons and parameters there are, by {@link CostTerm#QUANTITIES}
 */
record PassCost(Map<String, Double> quantities) {
  /** Forward and backward take about three times as long as forward alone. */
  private static final double GRADIENT = 3;

  /** Copies the map. */
  PassCost {
    quantities = Map.copyOf(quantities);
  }

  /** Returns what points cost that share a localization: what the most expensive does. */
  double of(TrialGroup group) {
    List<CostTerm> terms = group.plugin().descriptor().cost();
    return group.points().stream().mapToDouble(point -> of(terms, point)).max().orElse(0);
  }

  double of(TrialGroup group, Map<String, Number> point) {
    return of(group.plugin().descriptor().cost(), point);
  }

  private double of(List<CostTerm> terms, Map<String, Number> point) {
    double passes = 0;
    for (CostTerm term : terms) {
      double weight = term.pass() == CostTerm.Pass.GRADIENT ? GRADIENT : 1;
      passes += weight * term.passes(point, name -> quantities.getOrDefault(name, 0.0));
    }
    return passes;
  }
}
