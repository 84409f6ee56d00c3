package io.nepenthe.challenge;

import io.nepenthe.original.RegularizerUse;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.runstore.TrialResult;
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
}
