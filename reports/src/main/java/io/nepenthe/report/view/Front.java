package io.nepenthe.report.view;

import java.util.Comparator;
import java.util.List;

/**
 * The Pareto front of memorization and utility, by means over seeds: methods that no other beats in
 * one without being worse in the other. Controls and the original model are not among them.
 */
public final class Front {
  private Front() {}

  /** Returns the points that may be on the front, in the tables' order. */
  public static List<TradeoffPoint> candidates(List<TradeoffPoint> points) {
    return points.stream()
        .filter(point -> !point.method().isOriginal() && !point.method().isControl())
        .toList();
  }

  /** Returns the candidates that are on the front, by rising memorization. */
  public static List<TradeoffPoint> of(List<TradeoffPoint> candidates, Measure utility) {
    return candidates.stream()
        .filter(point -> candidates.stream().noneMatch(other -> dominates(other, point, utility)))
        .sorted(Comparator.comparingDouble(point -> point.memorized().mean()))
        .toList();
  }

  private static boolean dominates(TradeoffPoint one, TradeoffPoint other, Measure utility) {
    int memorized = Double.compare(other.memorized().mean(), one.memorized().mean());
    int useful = Double.compare(one.utility().mean(), other.utility().mean());
    int better = utility == Measure.ACCURACY ? useful : -useful;
    return memorized >= 0 && better >= 0 && memorized + better > 0;
  }
}
