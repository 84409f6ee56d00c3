package io.nepenthe.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which units may run now. A unit is ready when those that it stands on are done; what is not asked
 * for counts as done. Those that stand on a lost one are lost with it.
 */
final class OpenUnits {
  private final Map<Integer, Integer> waitsFor = new HashMap<>();
  private final Map<Integer, List<PlannedUnit>> standOn = new HashMap<>();
  private final Deque<PlannedUnit> ready = new ArrayDeque<>();
  private final Set<Integer> lost = new HashSet<>();
  private final int asked;
  private int done;

  /**
   * Makes the units that are to be run.
   *
   * @param units in the order in which they may start
   */
  OpenUnits(List<PlannedUnit> units) {
    Set<Integer> indices = new HashSet<>();
    units.forEach(unit -> indices.add(unit.index()));
    asked = indices.size();
    for (PlannedUnit unit : units) {
      List<Integer> before = unit.after().stream().filter(indices::contains).distinct().toList();
      before.forEach(each -> standOn.computeIfAbsent(each, key -> new ArrayList<>()).add(unit));
      waitsFor.put(unit.index(), before.size());
      if (before.isEmpty()) {
        ready.add(unit);
      }
    }
  }

  int asked() {
    return asked;
  }

  int done() {
    return done;
  }

  /** Returns how many are lost, with those that stand on them. */
  int lost() {
    return lost.size();
  }

  /** Hands out a unit that may run; empty if none may now. */
  Optional<PlannedUnit> next() {
    return Optional.ofNullable(ready.poll());
  }

  void done(PlannedUnit unit) {
    done++;
    for (PlannedUnit each : standOn.getOrDefault(unit.index(), List.of())) {
      if (waitsFor.merge(each.index(), -1, Integer::sum) == 0) {
        ready.add(each);
      }
    }
  }

  /** Gives a unit up, and all that stand on it. */
  void lost(PlannedUnit unit) {
    if (lost.add(unit.index())) {
      standOn.getOrDefault(unit.index(), List.of()).forEach(this::lost);
    }
  }
}
