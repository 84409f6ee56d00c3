package io.nepenthe.timing;

import io.nepenthe.runstore.TimingResult;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.util.ListStatistics;

/** A seed's time is that of its middle shot; errors are by JMH's own statistics, over forks. */
final class TimingScores {
  private static final double CONFIDENCE = 0.999; // of the errors JMH prints

  private TimingScores() {}

  /** Returns time and error of each seed, in the order of the shots. */
  static List<TimingResult.SeedTime> bySeed(List<TimingResult.Shot> shots) {
    return seeds(shots).stream()
        .map(seed -> new TimingResult.SeedTime(seed, seconds(shots, seed), error(shots, seed)))
        .toList();
  }

  private static List<Long> seeds(List<TimingResult.Shot> shots) {
    return shots.stream().map(TimingResult.Shot::seed).distinct().toList();
  }

  private static double seconds(List<TimingResult.Shot> shots, long seed) {
    return middle(shots.stream().filter(shot -> shot.seed() == seed).toList());
  }

  private static double middle(List<TimingResult.Shot> shots) {
    return TimingResult.middle(shots).stream()
        .mapToDouble(TimingResult.Shot::seconds)
        .average()
        .orElseThrow();
  }

  /** Returns each fork's time of a seed: what happens within one process is one sample of it. */
  private static double[] byFork(List<TimingResult.Shot> shots, long seed) {
    return shots.stream()
        .filter(shot -> shot.seed() == seed)
        .collect(Collectors.groupingBy(TimingResult.Shot::fork, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .mapToDouble(TimingScores::middle)
        .toArray();
  }

  private static @Nullable Double error(List<TimingResult.Shot> shots, long seed) {
    return error(new ListStatistics(byFork(shots, seed)));
  }

  /** Returns the error of the mean over seeds and forks; null unless all seeds were repeated. */
  static @Nullable Double error(List<TimingResult.Shot> shots) {
    List<double[]> seeds = seeds(shots).stream().map(seed -> byFork(shots, seed)).toList();
    boolean repeated = seeds.stream().allMatch(forks -> forks.length > 1);
    return repeated
        ? error(new ListStatistics(seeds.stream().flatMapToDouble(Arrays::stream).toArray()))
        : null;
  }

  /** JMH has no error of fewer than three values. */
  private static @Nullable Double error(ListStatistics statistics) {
    double error = statistics.getMeanErrorAt(CONFIDENCE);
    return Double.isNaN(error) ? null : error;
  }
}
