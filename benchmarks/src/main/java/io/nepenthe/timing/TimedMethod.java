package io.nepenthe.timing;

import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.run.TimingRounds;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.TaskSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A method on a task, to be timed.
 *
 * @param winners its best trial of each seed
 */
record TimedMethod(TaskSpec task, InstalledPlugin plugin, List<TrialResult> winners) {
  private static final Duration STARTING = Duration.ofMinutes(1);

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
   * Returns in which order a fork repeats the winners: an odd number of rounds, so that each seed
   * has a middle shot, after one off the record. Where only one round fits, the quickest winner
   * warms up, if it is quick; a longer method is warm before it matters. A regularizer's shot is
   * itself a median over many steps, which warm up.
   */
  TimingOrder order() {
    int rounds = runsInTraining() ? 1 : rounds();
    return rounds > 1
        ? TimingOrder.rounds(winners.size(), 1, rounds)
        : TimingOrder.once(winners.size(), runsInTraining() ? List.of() : quickWinner());
  }

  private List<Integer> quickWinner() {
    return IntStream.range(0, winners.size())
        .boxed()
        .filter(i -> sweepSeconds(winners.get(i)) < TimingRounds.SECONDS)
        .min(Comparator.comparingDouble(i -> sweepSeconds(winners.get(i))))
        .map(List::of)
        .orElse(List.of());
  }

  private int rounds() {
    return TimingRounds.of(winners.stream().mapToDouble(TimedMethod::sweepSeconds).sum());
  }

  private static double sweepSeconds(TrialResult winner) {
    return Objects.requireNonNull(winner.time()).seconds();
  }

  /**
   * Returns the winners, by index, whose few shots may all be outliers: at least one is far from
   * the time that the sweep took.
   */
  List<Integer> doubtful(List<TimingResult.Shot> shots) {
    return runsInTraining()
        ? List.of()
        : IntStream.range(0, winners.size())
            .filter(i -> isDoubtful(winners.get(i), shots))
            .boxed()
            .toList();
  }

  private static boolean isDoubtful(TrialResult winner, List<TimingResult.Shot> shots) {
    List<TimingResult.Shot> own =
        shots.stream().filter(shot -> shot.trialId().equals(winner.id())).toList();
    return own.size() < TimingResult.ENOUGH_SHOTS
        && own.stream().anyMatch(shot -> shot.isFarFrom(sweepSeconds(winner)));
  }

  /**
   * Returns for how long a fork may tell nothing: a trial may take the budget for localization and
   * again for its edit, and a process has to start and load.
   */
  Duration longestSilence() {
    return STARTING.plusMillis((long) Math.min(2000 * task.budgetSeconds(), 1e15));
  }

  /** Returns method and task, as messages name them. */
  String label() {
    return plugin.id() + " on " + task.id();
  }
}
