package io.nepenthe.report.view;

import io.nepenthe.statistics.PairedScores;
import io.nepenthe.statistics.SeedsNeeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * How much the difference of two methods varies over seeds.
 *
 * @param measure what they differ in; a point of it is one per cent, of the score a hundredth
 * @param pairs how many pairs of methods there are
 * @param deviations quartiles over the pairs of the standard deviation of their differences, in
 *     points
 */
public record PairSpread(String measure, int pairs, Quartiles deviations) {
  /**
   * Returns the spread of at least two methods' numbers.
   *
   * @param points how many points one of these numbers is
   */
  static PairSpread of(String measure, PairedScores values, double points) {
    List<String> methods = values.methods();
    List<Double> deviations = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      for (String other : methods.subList(i + 1, methods.size())) {
        deviations.add(points * values.deviation(methods.get(i), other));
      }
    }
    return new PairSpread(
        measure,
        deviations.size(),
        Quartiles.of(deviations.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /** Returns the level at which Holm's correction tests a pair at worst. */
  double correctedLevel() {
    return SeedsNeeded.LEVEL / pairs;
  }

  /** Returns the seeds that pairs at the lower quartile, the median and the upper quartile need. */
  List<OptionalInt> seeds(double difference, double level) {
    return Arrays.stream(new double[] {deviations.lower(), deviations.median(), deviations.upper()})
        .mapToObj(deviation -> SeedsNeeded.of(difference, deviation, level))
        .toList();
  }
}
