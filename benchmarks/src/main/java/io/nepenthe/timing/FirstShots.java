package io.nepenthe.timing;

import java.util.List;
import java.util.Optional;

/**
 * Looks at the shots that are off the record. A method that keeps something from one repetition to
 * the next is quick in all but the first: such times are not those of the method.
 */
final class FirstShots {
  /** Loading and compiling take some time, more on a busy machine. */
  private static final double SECONDS = 2;

  private static final double FACTOR = 3;

  private FirstShots() {}

  /** Returns what is wrong with the shots of a fork, in words; empty if nothing is. */
  static Optional<String> mistake(List<ForkShot> shots) {
    return shots.stream()
        .filter(ForkShot::isWarmUp)
        .flatMap(first -> mistake(first, shots).stream())
        .findFirst();
  }

  private static Optional<String> mistake(ForkShot first, List<ForkShot> shots) {
    double[] later =
        shots.stream()
            .filter(shot -> !shot.isWarmUp() && shot.trialId().equals(first.trialId()))
            .mapToDouble(shot -> shot.time().seconds())
            .sorted()
            .toArray();
    if (later.length == 0) {
      return Optional.empty();
    }
    double middle = later[later.length / 2];
    double took = first.time().seconds();
    return took > middle + SECONDS && took > middle * FACTOR
        ? Optional.of(
            "%s took %.3f s at first and %.3f s from then on: what it keeps between repetitions would not be timed"
                .formatted(first.trialId(), took, middle))
        : Optional.empty();
  }
}
