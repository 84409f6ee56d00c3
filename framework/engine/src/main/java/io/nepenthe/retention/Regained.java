package io.nepenthe.retention;

import io.nepenthe.statistics.Holm;
import io.nepenthe.statistics.PairedTest;
import io.nepenthe.statistics.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Whether a challenge brings back what one method's models had forgotten: % memorized after minus
 * before, paired by seed, in points.
 *
 * @param method id of the method
 * @param variant of a challenge
 * @param test of after against before
 * @param adjustedP its p after Holm's correction over all methods and variants of a task
 */
public record Regained(String method, Variant variant, PairedTest test, double adjustedP) {
  /** Tests each method that has forgotten in every seed, under each variant but the worst. */
  public static List<Regained> of(List<Retention> retentions) {
    List<Retention> tested = new ArrayList<>();
    List<PairedTest> tests = new ArrayList<>();
    for (Retention each : retentions) {
      if (isTestable(each)) {
        List<Long> seeds = List.copyOf(Objects.requireNonNull(each.retention()).values().keySet());
        PairedTest.of(
                seeds.stream().map(each.after().values()::get).toList(),
                seeds.stream().map(each.before().values()::get).toList())
            .ifPresent(
                test -> {
                  tested.add(each);
                  tests.add(test);
                });
      }
    }
    List<Double> adjusted = Holm.adjust(tests.stream().map(PairedTest::p).toList());
    return IntStream.range(0, tests.size())
        .mapToObj(
            i ->
                new Regained(
                    tested.get(i).method(),
                    new Variant(tested.get(i).challenge(), tested.get(i).variant()),
                    tests.get(i),
                    adjusted.get(i)))
        .toList();
  }

  private static boolean isTestable(Retention retention) {
    return retention.retention() != null
        && retention.undefined().isEmpty()
        && !retention.variant().equals(Variant.WORST);
  }

  /** Returns true if more is memorized than before, and a test tells it. */
  public boolean isTold() {
    return test.meanDifference() > 0 && adjustedP < Ranking.LEVEL;
  }
}
