package io.nepenthe.suite;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A method a suite asks for.
 *
 * @param id id of the plugin
 * @param grid values to search per hyper-parameter; the plugin's own grid if left out
 * @param seeds the only seeds it is run with, where it is there for its time alone; all the suite's
 *     if left out
 */
public record MethodChoice(
    String id, @Nullable Map<String, List<Object>> grid, @Nullable List<Long> seeds) {
  /** Checks id and seeds. */
  public MethodChoice {
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("a method has no id");
    }
    if (seeds != null && (seeds.isEmpty() || seeds.stream().anyMatch(Objects::isNull))) {
      throw new IllegalArgumentException(
          "method " + id + " has seeds " + seeds + ", must list at least one, or be left out");
    }
    seeds = seeds == null ? null : List.copyOf(seeds);
  }

  /**
   * Returns this choice for a suite that has only these seeds: those of its own that are left, or
   * all of them if none is, so that its time is still known.
   */
  MethodChoice among(List<Long> left) {
    if (seeds == null) {
      return this;
    }
    List<Long> own = seeds.stream().filter(left::contains).toList();
    return new MethodChoice(id, grid, own.isEmpty() ? null : own);
  }

  /** Returns true if it is run with a seed. */
  public boolean runsWith(long seed) {
    return seeds == null || seeds.contains(seed);
  }
}
