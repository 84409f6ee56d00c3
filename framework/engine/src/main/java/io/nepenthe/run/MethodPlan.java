package io.nepenthe.run;

import io.nepenthe.pluginhost.InstalledPlugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A method and the grid points to try on one task.
 *
 * @param plugin the method
 * @param points its grid points, in order
 * @param seeds the seeds it is run with
 */
public record MethodPlan(
    InstalledPlugin plugin, List<Map<String, Number>> points, List<Long> seeds) {
  /** Copies the lists. */
  public MethodPlan {
    points = List.copyOf(points);
    seeds = List.copyOf(seeds);
  }

  /** Returns the number of its trials, all seeds. */
  public int trials() {
    return points.size() * seeds.size();
  }

  /** Returns the values that are tried, per hyper-parameter; empty if there are no points. */
  Map<String, List<Number>> grid() {
    Map<String, List<Number>> grid = new LinkedHashMap<>();
    for (String name : points.isEmpty() ? Set.<String>of() : points.get(0).keySet()) {
      grid.put(name, points.stream().map(point -> point.get(name)).distinct().toList());
    }
    return grid;
  }

  /** Returns the given points in groups that share a localization. */
  public List<List<Map<String, Number>>> groups(List<Map<String, Number>> chosen) {
    Map<Map<String, Number>, List<Map<String, Number>>> groups = new LinkedHashMap<>();
    for (Map<String, Number> point : chosen) {
      groups
          .computeIfAbsent(plugin.descriptor().localizationKey(point), key -> new ArrayList<>())
          .add(point);
    }
    return List.copyOf(groups.values());
  }
}
