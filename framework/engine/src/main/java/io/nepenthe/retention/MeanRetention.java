package io.nepenthe.retention;

import io.nepenthe.selection.BySeed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the methods that forgot keep on average under one variant of a challenge: a mean over
 * methods in each seed, and over seeds with an interval.
 *
 * @param variant of a challenge
 * @param methods that had forgotten in every seed, whose mean it is
 * @param halfLost those of them that lost at least half of their forgetting in every seed
 * @param retention mean over the methods, by seed
 */
public record MeanRetention(
    Variant variant, List<String> methods, List<String> halfLost, BySeed retention) {
  /** Copies the lists. */
  public MeanRetention {
    methods = List.copyOf(methods);
    halfLost = List.copyOf(halfLost);
  }

  /**
   * Returns the mean over some methods; nothing if none of them had forgotten in every seed.
   *
   * @param retentions of a task
   * @param methods that count, such as all but controls and destroyed ones
   */
  public static Optional<MeanRetention> of(
      Collection<Retention> retentions, Variant variant, Collection<String> methods) {
    List<Retention> counted =
        retentions.stream()
            .filter(each -> each.challenge().equals(variant.challenge()))
            .filter(each -> each.variant().equals(variant.name()))
            .filter(each -> methods.contains(each.method()))
            .filter(each -> each.retention() != null && each.undefined().isEmpty())
            .toList();
    Map<Long, List<Double>> bySeed = new TreeMap<>();
    counted.forEach(
        each ->
            values(each)
                .forEach(
                    (seed, value) ->
                        bySeed.computeIfAbsent(seed, none -> new ArrayList<>()).add(value)));
    // A seed that some lack would compare other methods than the others do.
    bySeed.values().removeIf(values -> values.size() < counted.size());
    return Optional.ofNullable(
            BySeed.of(
                bySeed, values -> values.stream().mapToDouble(v -> v).average().orElseThrow()))
        .map(
            mean ->
                new MeanRetention(
                    variant,
                    counted.stream().map(Retention::method).toList(),
                    counted.stream()
                        .filter(each -> values(each).values().stream().allMatch(v -> v <= 0.5))
                        .map(Retention::method)
                        .toList(),
                    mean));
  }

  private static Map<Long, Double> values(Retention retention) {
    return Objects.requireNonNull(retention.retention()).values();
  }
}
