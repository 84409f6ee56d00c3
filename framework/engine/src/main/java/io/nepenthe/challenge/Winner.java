package io.nepenthe.challenge;

import io.nepenthe.original.RegularizerUse;
import io.nepenthe.plugin.Need;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.runstore.TrialResult;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trial that stands for a method on a task and seed.
 *
 * @param plugin the method
 * @param trial a valid one
 */
record Winner(InstalledPlugin plugin, TrialResult trial) {
  /** Returns the part that the method took in a training; null if it ran after one. */
  @Nullable RegularizerUse use() {
    return plugin.descriptor().runsInTraining()
        ? RegularizerUse.of(plugin, trial.identity().hyperparameters())
        : null;
  }

  /** Returns true if the method runs on the trained model, and sees which rows it is to forget. */
  boolean isShownArtifacts() {
    Set<Need> needs = plugin.descriptor().allNeeds();
    return !plugin.descriptor().runsInTraining()
        && (needs.contains(Need.FORGET_SET) || needs.contains(Need.TWINS));
  }
}
