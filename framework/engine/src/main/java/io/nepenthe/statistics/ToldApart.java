package io.nepenthe.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All pairs of methods, tested at once and corrected together by Holm.
 *
 * @param pairs each once, the methods in the order given
 */
public record ToldApart(List<Pair> pairs) {
  /** Copies the list. */
  public ToldApart {
    pairs = List.copyOf(pairs);
  }

  /**
   * A pair.
   *
   * @param first id of the one
   * @param second id of the other
   * @param p of its test
   * @param adjustedP by Holm over all pairs
   */
  public record Pair(String first, String second, double p, double adjustedP) {
    /** Returns true if the test tells them apart. */
    public boolean toldApart() {
      return adjustedP < Ranking.LEVEL;
    }
  }

  /** Gives a pair's p. */
  @FunctionalInterface
  interface Test {
    double p(String first, String second);
  }

  private static ToldApart of(List<String> methods, Test test) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      for (String second : methods.subList(i + 1, methods.size())) {
        double p = test.p(methods.get(i), second);
        pairs.add(new Pair(methods.get(i), second, p, p));
      }
    }
    List<Double> adjusted = Holm.adjust(pairs.stream().map(Pair::p).toList());
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      pairs.set(i, new Pair(pair.first(), pair.second(), pair.p(), adjusted.get(i)));
    }
    return new ToldApart(pairs);
  }

  /** Returns the two-sided paired t-tests, those by which methods are ranked. */
  public static ToldApart byMeans(PairedScores scores) {
    return of(
        scores.methods(),
        (first, second) ->
            PairedTest.of(scores.of(first), scores.of(second)).map(PairedTest::p).orElse(1.0));
  }

  /**
   * Returns Wilcoxon's signed-rank tests, exact and two-sided. Over several tasks, differences are
   * ranked within each, so that no task weighs more for the size of its scores.
   *
   * @param tasks each with all methods
   * @param methods that are compared
   */
  public static ToldApart bySigns(List<PairedScores> tasks, List<String> methods) {
    return of(
        methods,
        (first, second) ->
            SignedRanks.p(tasks.stream().map(task -> task.differences(first, second)).toList()));
  }

  /** Returns the pairs that are told apart, each as a set of two. */
  public Set<Set<String>> told() {
    return pairs.stream()
        .filter(Pair::toldApart)
        .map(pair -> Set.of(pair.first(), pair.second()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
