package io.nepenthe.timing;

import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.TaskSpec;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A method on a task, to be timed.
 *
 * @param winners its best trial of each seed
 */
record TimedMethod(TaskSpec task, InstalledPlugin plugin, List<TrialResult> winners) {
  private static final double SECONDS_OF_A_LONG_SHOT = 1;

  TimedMethod {
    winners = List.copyOf(winners);
  }

  boolean runsInTraining() {
    return plugin.descriptor().runsInTraining();
  }

  /** Returns true if these very winners have been timed. */
  boolean isTimed(Collection<TimingResult> timings) {
    return timings.stream()
        .filter(timing -> timing.task().equals(task.id()) && timing.method().equals(plugin.id()))
        .anyMatch(timing -> winners.stream().allMatch(winner -> hasShot(timing, winner)));
  }

  private static boolean hasShot(TimingResult timing, TrialResult winner) {
    return timing.shots().stream().anyMatch(shot -> shot.trialId().equals(winner.id()));
  }

  /**
   * Returns the shots off the record. A method that runs for seconds is warm before it matters, as
   * a fork's set-up has warmed libtorch; one that takes part in training warms up by its own steps.
   */
  int warmUps() {
    boolean isLong =
        winners.stream()
            .allMatch(
                winner -> Objects.requireNonNull(winner.time()).seconds() > SECONDS_OF_A_LONG_SHOT);
    return runsInTraining() || isLong ? 0 : 1;
  }

  /** Returns method and task, as messages name them. */
  String label() {
    return plugin.id() + " on " + task.id();
  }
}
