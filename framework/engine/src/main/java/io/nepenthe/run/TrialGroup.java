package io.nepenthe.run;

import io.nepenthe.pluginhost.InstalledPlugin;
import java.util.List;
import java.util.Map;

/**
 * Grid points of a method that one worker runs: those that share a localization, or a single one of
 * a method that takes part in training.
 *
 * @param plugin the method
 * @param points in the order in which they are run
 */
public record TrialGroup(InstalledPlugin plugin, List<Map<String, Number>> points) {
  /** Copies the list. */
  public TrialGroup {
    points = List.copyOf(points);
  }

  /** Returns this group with some of its points. */
  public TrialGroup of(List<Map<String, Number>> some) {
    return new TrialGroup(plugin, some);
  }

  boolean isTraining() {
    return plugin.descriptor().runsInTraining();
  }
}
