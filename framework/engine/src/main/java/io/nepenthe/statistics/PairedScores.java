package io.nepenthe.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * Numbers of methods on the same seeds of one task: every method has a finite one of every seed.
 *
 * @param seeds rising
 * @param values by method, in the order of the seeds; methods in any fixed order
 */
public record PairedScores(List<Long> seeds, Map<String, List<Double>> values) {
  /** Checks and copies the values. */
  public PairedScores {
    seeds = List.copyOf(seeds);
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    for (Map.Entry<String, List<Double>> each : values.entrySet()) {
      if (each.getValue().size() != seeds.size()
          || !each.getValue().stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            each.getKey() + " has no finite value of each seed " + seeds);
      }
      copy.put(each.getKey(), List.copyOf(each.getValue()));
    }
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the scores of the methods that a ranking compares, best mean first.
   *
   * @param scores by method, then seed, of which the ranking was made
   */
  public static PairedScores of(Ranking ranking, Map<String, Map<Long, Double>> scores) {
    List<Ranking.Place> compared =
        ranking.places().stream().filter(place -> place.note().isEmpty()).toList();
    List<Long> seeds = compared.isEmpty() ? List.of() : compared.get(0).seeds();
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (Ranking.Place place : compared) {
      Map<Long, Double> bySeed = Objects.requireNonNull(scores.get(place.id()), place.id());
      values.put(place.id(), seeds.stream().map(bySeed::get).toList());
    }
    return new PairedScores(seeds, values);
  }

  /** Returns the methods. */
  public List<String> methods() {
    return List.copyOf(values.keySet());
  }

  /** Returns the numbers of these methods alone, in the order given. */
  PairedScores only(List<String> methods) {
    Map<String, List<Double>> some = new LinkedHashMap<>();
    methods.forEach(method -> some.put(method, of(method)));
    return new PairedScores(seeds, some);
  }

  List<Double> of(String method) {
    return Objects.requireNonNull(values.get(method), method);
  }

  /** Returns one method's numbers less another's, by seed; what is rounding is 0. */
  double[] differences(String method, String other) {
    return PairedTest.differences(of(method), of(other));
  }

  /** Returns the sample's standard deviation of these differences, of at least two seeds. */
  public double deviation(String method, String other) {
    return StandardDeviation.of(differences(method, other)).getAsDouble();
  }

  /**
   * Returns for each seed the methods' ranks, 1 for the lowest number; equal ones share the mean of
   * theirs.
   */
  List<double[]> ranks() {
    NaturalRanking ranking = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);
    List<double[]> ranks = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      int seed = i;
      ranks.add(
          ranking.apply(values.values().stream().mapToDouble(each -> each.get(seed)).toArray()));
    }
    return ranks;
  }
}
