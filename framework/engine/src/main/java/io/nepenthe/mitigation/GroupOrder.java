package io.nepenthe.mitigation;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.run.TrialGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which trials are begun where not all may have time: in rounds, one group of every
 * method in each, the cheapest first. Of a method comes first what holds its defaults, then what
 * costs least; of equal costs, those come first that are far apart in the grid.
 */
final class GroupOrder {
  private final PassCost cost;

  GroupOrder(PassCost cost) {
    this.cost = cost;
  }

  List<TrialGroup> of(List<TrialGroup> groups) {
    Map<String, List<TrialGroup>> methods = new LinkedHashMap<>();
    groups.forEach(
        group -> methods.computeIfAbsent(group.plugin().id(), id -> new ArrayList<>()).add(group));
    List<List<TrialGroup>> rounds = new ArrayList<>();
    for (List<TrialGroup> ofOne : methods.values()) {
      List<TrialGroup> best = promising(ofOne);
      for (int i = 0; i < best.size(); i++) {
        if (rounds.size() == i) {
          rounds.add(new ArrayList<>());
        }
        rounds.get(i).add(best.get(i));
      }
    }
    rounds.forEach(round -> round.sort(Comparator.comparingDouble(cost::of)));
    return rounds.stream().flatMap(List::stream).toList();
  }

  private List<TrialGroup> promising(List<TrialGroup> ofOneMethod) {
    record Placed(TrialGroup group, boolean holdsDefaults, double cost, int spread) {}
    MethodDescriptor descriptor = ofOneMethod.get(0).plugin().descriptor();
    Map<String, Number> defaults = descriptor.localizationKey(descriptor.expand(Map.of()).get(0));
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < ofOneMethod.size(); i++) {
      TrialGroup group = ofOneMethod.get(i);
      placed.add(
          new Placed(
              group,
              descriptor.localizationKey(group.points().get(0)).equals(defaults),
              cost.of(group),
              spread(i, ofOneMethod.size())));
    }
    placed.sort(
        Comparator.comparing((Placed each) -> !each.holdsDefaults())
            .thenComparingDouble(Placed::cost)
            .thenComparingInt(Placed::spread));
    return placed.stream().map(Placed::group).toList();
  }

  /** Returns when place i of so many is visited by going through them ever more finely. */
  static int spread(int i, int size) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(size - 1, 1));
    return Integer.reverse(i) >>> (Integer.SIZE - bits);
  }
}
