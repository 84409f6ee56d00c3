package io.nepenthe.timing;

import io.nepenthe.runstore.TimingResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.util.ListStatistics;

/** Score and error of shots, by JMH's own statistics. */
final class TimingScores {
  private static final double CONFIDENCE = 0.999; // of the errors JMH prints

  private TimingScores() {}

  /** Returns mean and error of each seed over its forks, in the order of the shots. */
  static List<TimingResult.SeedTime> bySeed(List<TimingResult.Shot> shots) {
    return shots.stream()
        .map(TimingResult.Shot::seed)
        .distinct()
        .map(
            seed -> {
              ListStatistics ofSeed =
                  statistics(shots.stream().filter(shot -> shot.seed() == seed).toList());
              return new TimingResult.SeedTime(seed, ofSeed.getMean(), error(ofSeed));
            })
        .toList();
  }

  /** Returns the error of the mean over all shots; null if no shot was repeated. */
  static @Nullable Double error(List<TimingResult.Shot> shots) {
    boolean repeated = shots.stream().anyMatch(shot -> shot.fork() > 0);
    return repeated ? error(statistics(shots)) : null;
  }

  private static ListStatistics statistics(List<TimingResult.Shot> shots) {
    return new ListStatistics(shots.stream().mapToDouble(TimingResult.Shot::seconds).toArray());
  }

  /** JMH has no error of fewer than three values. */
  private static @Nullable Double error(ListStatistics statistics) {
    double error = statistics.getMeanErrorAt(CONFIDENCE);
    return Double.isNaN(error) ? null : error;
  }
}
