package io.nepenthe.statistics;

import io.nepenthe.statistics.Ranking.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Step-down tie groups in the order of mean scores: the best method is compared with every other,
 * paired by seed and corrected by Holm. Those that follow it share its group, up to the first that
 * is significantly worse; from there the rest is grouped in the same way. A score that is no finite
 * number loses against every other and is not tested.
 */
final class TieGroups {
  private final List<Place> places = new ArrayList<>();
  private int groups;

  private TieGroups() {}

  /** A method that is not placed yet. */
  private record Method(String id, TreeMap<Long, Double> scores, Statistic statistic) {
    boolean isFinite() {
      return scores.values().stream().allMatch(Double::isFinite);
    }

    Place placed(int place, int group, @Nullable Comparison comparison, String note) {
      return new Place(id, place, group, statistic, List.copyOf(scores.keySet()), comparison, note);
    }
  }

  static List<Place> of(Map<String, Map<Long, Double>> scores) {
    List<Method> methods = new ArrayList<>();
    scores.forEach(
        (id, bySeed) ->
            methods.add(
                new Method(
                    id,
                    new TreeMap<>(bySeed),
                    Objects.requireNonNull(
                        Statistic.of(bySeed.values()), () -> id + " has no score"))));
    TieGroups grouping = new TieGroups();
    grouping.place(
        methods.stream()
            .filter(Method::isFinite)
            .sorted(Comparator.comparingDouble(method -> method.statistic().mean()))
            .toList());
    grouping.placeLast(methods.stream().filter(method -> !method.isFinite()).toList());
    return grouping.places;
  }

  private void place(List<Method> rising) {
    Map<String, Comparison> before = Map.of();
    List<Method> left = rising;
    while (!left.isEmpty()) {
      Method first = left.get(0);
      List<Method> others = left.subList(1, left.size());
      Map<String, Comparison> comparisons = compare(first, others);
      int place = places.size() + 1;
      int group = ++groups;
      places.add(first.placed(place, group, before.get(first.id()), ""));
      int tied = 0;
      for (Method other : others) {
        Comparison comparison = Objects.requireNonNull(comparisons.get(other.id()));
        if (comparison.isWorse(Ranking.LEVEL)) {
          break;
        }
        places.add(other.placed(place, group, comparison, ""));
        tied++;
      }
      before = comparisons;
      left = others.subList(tied, others.size());
    }
  }

  private static Map<String, Comparison> compare(Method first, List<Method> others) {
    List<Comparison> all =
        others.stream()
            .map(other -> Comparison.of(other.scores(), first.id(), first.scores()))
            .toList();
    int[] tested = IntStream.range(0, all.size()).filter(i -> all.get(i).test() != null).toArray();
    List<Double> adjusted =
        Holm.adjust(
            IntStream.of(tested)
                .mapToObj(i -> Objects.requireNonNull(all.get(i).test()).p())
                .toList());
    Map<String, Comparison> byMethod = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      byMethod.put(others.get(i).id(), all.get(i));
    }
    for (int k = 0; k < tested.length; k++) {
      byMethod.put(others.get(tested[k]).id(), all.get(tested[k]).adjusted(adjusted.get(k)));
    }
    return byMethod;
  }

  private void placeLast(List<Method> methods) {
    if (methods.isEmpty()) {
      return;
    }
    int place = places.size() + 1;
    groups++;
    for (Method method : methods) {
      List<Long> seeds =
          method.scores().entrySet().stream()
              .filter(entry -> !Double.isFinite(entry.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      places.add(
          method.placed(
              place, groups, null, "no finite score of seeds " + seeds + ": placed last"));
    }
  }
}
