package io.nepenthe.statistics;

import io.nepenthe.statistics.Ranking.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tie groups in the order of mean scores. All pairs of methods are tested at once, paired by seed,
 * and their p-values corrected together by Holm, so that the choice of the best, and of where a
 * group begins, costs nothing: any false split has a chance of at most 5 %. A group goes from its
 * first method up to the next that is significantly worse than that first.
 *
 * <p>Order and tests are of the same seeds: those that most methods have a score of. A method that
 * lacks one of them, or has a score that is no finite number, is placed last and not tested.
 */
final class TieGroups {
  private final SortedSet<Long> seeds;
  private final List<Method> rising;
  private final Map<Pair, Comparison> comparisons = new HashMap<>();
  private final List<Place> places = new ArrayList<>();
  private int groups;

  /** A method and its scores. */
  private record Method(String id, Map<Long, Double> scores, Statistic statistic, String lacks) {
    static Method of(String id, Map<Long, Double> bySeed, SortedSet<Long> seeds) {
      TreeMap<Long, Double> scores = new TreeMap<>(bySeed);
      List<Long> missing = seeds.stream().filter(seed -> !scores.containsKey(seed)).toList();
      String lacks = lacks(scores, missing, seeds);
      if (lacks.isEmpty()) {
        scores.keySet().retainAll(seeds);
      }
      return new Method(
          id,
          scores,
          Objects.requireNonNull(Statistic.of(scores.values()), () -> id + " has no score"),
          lacks);
    }

    private static String lacks(
        Map<Long, Double> scores, List<Long> missing, SortedSet<Long> seeds) {
      List<Long> infinite =
          scores.keySet().stream().filter(seed -> !Double.isFinite(scores.get(seed))).toList();
      if (!infinite.isEmpty()) {
        return "no finite score of seeds " + infinite;
      }
      if (seeds.isEmpty()) {
        return "no seed is one that most methods have";
      }
      return missing.isEmpty() ? "" : "no score of seeds " + missing + ", which most methods have";
    }

    Place placed(
        int place, int group, @Nullable Comparison withFirst, @Nullable Comparison withBest) {
      return new Place(
          id,
          place,
          group,
          statistic,
          List.copyOf(scores.keySet()),
          withFirst,
          withBest,
          lacks.isEmpty() ? "" : lacks + ": placed last, not tested");
    }
  }

  private record Pair(String better, String worse) {}

  private TieGroups(Map<String, Map<Long, Double>> scores) {
    this.seeds = seedsOfMost(scores);
    List<Method> methods = new ArrayList<>();
    scores.forEach((id, bySeed) -> methods.add(Method.of(id, bySeed, seeds)));
    this.rising =
        methods.stream()
            .filter(method -> method.lacks().isEmpty())
            .sorted(Comparator.comparingDouble(method -> method.statistic().mean()))
            .toList();
    compareAll();
    place();
    placeLast(methods.stream().filter(method -> !method.lacks().isEmpty()).toList());
  }

  /** Ranks the methods. */
  static Ranking of(Map<String, Map<Long, Double>> scores) {
    TieGroups groups = new TieGroups(scores);
    int tested = groups.rising.isEmpty() ? 0 : groups.seeds.size();
    return new Ranking(groups.places, Ranking.caveat(tested));
  }

  private static SortedSet<Long> seedsOfMost(Map<String, Map<Long, Double>> scores) {
    Map<Long, Long> methods =
        scores.values().stream()
            .flatMap(bySeed -> bySeed.keySet().stream())
            .collect(Collectors.groupingBy(seed -> seed, Collectors.counting()));
    return methods.entrySet().stream()
        .filter(entry -> 2 * entry.getValue() > scores.size())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void compareAll() {
    List<Pair> pairs = new ArrayList<>();
    List<Comparison> tests = new ArrayList<>();
    for (int i = 0; i < rising.size(); i++) {
      for (Method worse : rising.subList(i + 1, rising.size())) {
        Method better = rising.get(i);
        Comparison comparison = Comparison.of(worse.scores(), better.id(), better.scores());
        Pair pair = new Pair(better.id(), worse.id());
        comparisons.put(pair, comparison);
        if (comparison.test() != null) {
          pairs.add(pair);
          tests.add(comparison);
        }
      }
    }
    List<Double> adjusted =
        Holm.adjust(tests.stream().map(each -> Objects.requireNonNull(each.test()).p()).toList());
    for (int i = 0; i < pairs.size(); i++) {
      comparisons.put(pairs.get(i), tests.get(i).adjusted(adjusted.get(i)));
    }
  }

  private @Nullable Comparison comparison(Method better, Method worse) {
    return comparisons.get(new Pair(better.id(), worse.id()));
  }

  private void place() {
    Method first = null;
    int place = 0;
    for (Method method : rising) {
      Comparison withFirst = first == null ? null : comparison(first, method);
      if (withFirst == null || withFirst.isWorse(Ranking.LEVEL)) {
        first = method;
        place = places.size() + 1;
        groups++;
      }
      places.add(method.placed(place, groups, withFirst, comparison(rising.get(0), method)));
    }
  }

  private void placeLast(List<Method> methods) {
    int place = places.size() + 1;
    groups++;
    methods.forEach(method -> places.add(method.placed(place, groups, null, null)));
  }
}
