package io.nepenthe.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The bars of a critical-difference diagram: sets of methods no two of which are told apart, so
 * chosen that two methods have a bar in common if, and only if, they are not told apart.
 *
 * <p>Where the tests follow the order, a bar holds all methods from its first to its last, and the
 * bars are the usual ones. They need not follow it: of methods between two that are alike, a
 * steadier one may be told from both, and is then no part of their bar.
 */
final class Bars {
  private final List<String> order;
  private final Set<Set<String>> told;
  private final List<List<String>> bars = new ArrayList<>();
  private final Set<Set<String>> covered = new HashSet<>();

  private Bars(List<String> order, Set<Set<String>> told) {
    this.order = order;
    this.told = told;
  }

  /**
   * Returns the bars, in the order of their first methods and the longest first; none of a single
   * method.
   *
   * @param order of the methods along the axis
   * @param told pairs of them that are told apart
   */
  static List<List<String>> of(List<String> order, Set<Set<String>> told) {
    Bars bars = new Bars(order, told);
    for (int i = 0; i < order.size(); i++) {
      for (int j = order.size() - 1; j > i; j--) { // the longest first
        bars.cover(i, j);
      }
    }
    return List.copyOf(bars.bars);
  }

  private void cover(int i, int j) {
    Set<String> ends = Set.of(order.get(i), order.get(j));
    if (covered.contains(ends) || told.contains(ends)) {
      return;
    }
    Set<String> bar = new HashSet<>(ends);
    IntStream.range(0, order.size())
        .boxed()
        .sorted(Comparator.comparing(k -> k < i || k > j)) // those between come first
        .map(order::get)
        .filter(each -> !bar.contains(each))
        .forEach(
            each -> {
              if (bar.stream().noneMatch(in -> told.contains(Set.of(in, each)))) {
                bar.add(each);
              }
            });
    List<String> sorted = order.stream().filter(bar::contains).toList();
    bars.add(sorted);
    for (int a = 0; a < sorted.size(); a++) {
      for (String later : sorted.subList(a + 1, sorted.size())) {
        covered.add(Set.of(sorted.get(a), later));
      }
    }
  }
}
