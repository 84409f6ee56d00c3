package io.nepenthe.retention;

import io.nepenthe.selection.BySeed;
import io.nepenthe.statistics.Ranking;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A method's rank by % memorized as judged, and by the most that is memorized under challenges.
 *
 * @param method id of the method
 * @param judged % memorized as judged, and the rank by it
 * @param challenged most % memorized in each seed, as judged or under any challenge
 */
public record RankChange(String method, Rank judged, Rank challenged) {
  /** Means this near are the same. */
  private static final double SAME = 1e-9;

  /**
   * A rank.
   *
   * @param memorized % memorized, lower is better
   * @param rank by the mean over seeds; equal means share it
   * @param group number of the tie group: methods of one were not told from its first
   */
  public record Rank(BySeed memorized, int rank, int group) {}

  /**
   * Ranks the methods twice, in the order of the second rank.
   *
   * @param judged % memorized as judged, by method
   */
  public static List<RankChange> of(ChallengedTask task, Map<String, BySeed> judged) {
    Map<String, BySeed> first = new LinkedHashMap<>();
    Map<String, BySeed> second = new LinkedHashMap<>();
    judged.forEach(
        (method, memorized) ->
            worst(task, method, memorized)
                .ifPresent(
                    worst -> {
                      first.put(method, memorized);
                      second.put(method, worst);
                    }));
    Map<String, Rank> before = ranks(first);
    Map<String, Rank> after = ranks(second);
    List<RankChange> changes = new ArrayList<>();
    before.forEach((method, rank) -> changes.add(new RankChange(method, rank, after.get(method))));
    changes.sort(Comparator.comparingInt(change -> change.challenged().rank()));
    return List.copyOf(changes);
  }

  /** Returns the most that is memorized in each seed; nothing if a seed was not challenged. */
  private static Optional<BySeed> worst(ChallengedTask task, String method, BySeed judged) {
    List<BySeed> all =
        Retention.KINDS.stream()
            .flatMap(kind -> Retention.memorized(task, method, Variant.worst(kind)).stream())
            .toList();
    boolean complete =
        !all.isEmpty()
            && all.stream()
                .allMatch(by -> by.values().keySet().containsAll(judged.values().keySet()));
    if (!complete) {
      return Optional.empty();
    }
    Map<Long, Double> worst = new TreeMap<>(judged.values());
    all.forEach(by -> worst.replaceAll((seed, most) -> Math.max(most, by.values().get(seed))));
    return Optional.ofNullable(BySeed.of(worst, Function.identity()));
  }

  private static Map<String, Rank> ranks(Map<String, BySeed> memorized) {
    Map<String, Map<Long, Double>> values = new LinkedHashMap<>();
    memorized.forEach((method, by) -> values.put(method, by.values()));
    Map<String, Rank> ranks = new LinkedHashMap<>();
    if (values.isEmpty()) {
      return ranks;
    }
    Collection<Ranking.Place> places = Ranking.of(values).places();
    for (Map.Entry<String, BySeed> each : memorized.entrySet()) {
      double mean = each.getValue().statistic().mean();
      long better =
          memorized.values().stream().filter(by -> by.statistic().mean() < mean - SAME).count();
      int group =
          places.stream()
              .filter(place -> place.id().equals(each.getKey()))
              .mapToInt(Ranking.Place::group)
              .findFirst()
              .orElseThrow();
      ranks.put(each.getKey(), new Rank(each.getValue(), (int) better + 1, group));
    }
    return ranks;
  }

  /** Returns how many ranks the method loses under challenges; negative if it gains some. */
  public int lost() {
    return challenged.rank() - judged.rank();
  }
}
