package io.nepenthe.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values to search of every hyper-parameter, in their types and few enough to be combined. */
final class SearchGrid {
  private static final int MOST_POINTS = 100_000;

  private final Map<String, Set<Number>> values = new LinkedHashMap<>();

  /**
   * Checks values against their ranges; those of hyper-parameters that are not listed are their
   * defaults.
   *
   * @throws IllegalArgumentException if a name is unknown, a value out of range or there twice, or
   *     the combinations are too many
   */
  SearchGrid(Map<String, HyperparameterSpec> hyperparameters, Map<String, List<Object>> listed) {
    for (String name : listed.keySet()) {
      if (!hyperparameters.containsKey(name)) {
        throw new IllegalArgumentException(
            "there is no hyper-parameter '" + name + "'; there is " + hyperparameters.keySet());
      }
    }
    hyperparameters.forEach(
        (name, spec) ->
            values.put(
                name,
                checked(name, spec, listed.getOrDefault(name, List.of(spec.defaultValue())))));
    if (size() > MOST_POINTS) {
      throw new IllegalArgumentException(
          "the grid has more than " + MOST_POINTS + " points; leave out some values");
    }
  }

  private static Set<Number> checked(String name, HyperparameterSpec spec, List<Object> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name + " has an empty list of values");
    }
    Set<Number> checked = new LinkedHashSet<>();
    for (Object value : values) {
      if (!checked.add(spec.check(name, value))) {
        throw new IllegalArgumentException(name + " lists " + value + " twice");
      }
    }
    return checked;
  }

  /** Returns how many combinations there are, without making them. */
  int size() {
    long size = 1;
    for (Set<Number> each : values.values()) {
      size = Math.min(size * each.size(), MOST_POINTS + 1L);
    }
    return (int) size;
  }

  /** Returns every combination, the last hyper-parameter fastest. */
  List<Map<String, Number>> points() {
    List<Map<String, Number>> points = List.of(Map.of());
    for (Map.Entry<String, Set<Number>> entry : values.entrySet()) {
      List<Map<String, Number>> longer = new ArrayList<>(points.size() * entry.getValue().size());
      for (Map<String, Number> point : points) {
        for (Number value : entry.getValue()) {
          Map<String, Number> next = new LinkedHashMap<>(point);
          next.put(entry.getKey(), value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points;
  }
}
