package io.nepenthe.timing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the shots that are off the record. A method that keeps something from one repetition to
 * the next is quick in all but the first: such times are not those of the method. A busy machine
 * may do the same to any method, but not in every process.
 */
final class FirstShots {
  /** Loading and compiling take less than one, beside other work too. */
  private static final double SECONDS = 2;

  private static final double FACTOR = 3;

  /** Processes in which a method must look like that. */
  private static final int PROCESSES = 3;

  /** So much of a core is always left. */
  private static final double LEAST_CORES = 0.1;

  private FirstShots() {}

  /** Takes the shots of a process. */
  interface Attempt<T> {
    /** Takes them, in a fresh process. */
    T take() throws IOException, TimingFailedException;
  }

  /**
   * Returns shots whose first ones are believed, taken again in further processes where they are
   * not.
   *
   * @param shots returns the shots of an attempt
   * @param cores of the machine
   * @throws TimingFailedException if those of no process are
   */
  static <T> T believed(Attempt<T> attempt, Function<T, List<ForkShot>> shots, int cores)
      throws IOException, TimingFailedException {
    T taken = attempt.take();
    Optional<String> mistake = mistake(shots.apply(taken), cores);
    for (int process = 1; process < PROCESSES && mistake.isPresent(); process++) {
      taken = attempt.take();
      mistake = mistake(shots.apply(taken), cores);
    }
    if (mistake.isPresent()) {
      throw new TimingFailedException(mistake.get());
    }
    return taken;
  }

  /** Returns what is wrong with the shots of a process, in words; empty if nothing is. */
  static Optional<String> mistake(List<ForkShot> shots, int cores) {
    return shots.stream()
        .filter(ForkShot::isWarmUp)
        .flatMap(first -> mistake(first, shots, cores).stream())
        .findFirst();
  }

  private static Optional<String> mistake(ForkShot first, List<ForkShot> shots, int cores) {
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
    return took > middle + SECONDS * stretch(first.otherLoad(), cores) && took > middle * FACTOR
        ? Optional.of(
            "%s took %.3f s at first and %.3f s from then on: what it keeps between repetitions would not be timed"
                .formatted(first.trialId(), took, middle))
        : Optional.empty();
  }

  /** Returns how many times longer something takes beside what else the machine does. */
  private static double stretch(@Nullable Double otherLoad, int cores) {
    return otherLoad == null ? 1 : 1 / Math.min(1, Math.max(LEAST_CORES, cores - otherLoad));
  }
}
