package io.nepenthe.runstore;

import io.nepenthe.provenance.Provenance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * JMH's timing of one task's and method's winners. One JSON file.
 *
 * @param schema "nepenthe-timing/2"; a file of "nepenthe-timing/1" has neither errors nor seeds nor
 *     other load
 * @param task id of the task
 * @param method id of the method
 * @param methodVersion version of the plugin
 * @param jarSha256 hash of the plugin's jar
 * @param forks fresh JVMs used, each of which repeated every seed's winner once
 * @param errorSeconds half of JMH's 99.9 % confidence interval of the mean over all shots, the
 *     seeds' own differences included; null with a single fork
 * @param seeds mean and error of each seed, over forks; never null
 * @param shots every measured single shot
 * @param provenance where it was measured
 */
public record TimingResult(
    String schema,
    String task,
    String method,
    String methodVersion,
    String jarSha256,
    int forks,
    @Nullable Double errorSeconds,
    List<SeedTime> seeds,
    List<Shot> shots,
    Provenance provenance) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-timing/2";

  private static final String FIRST_SCHEMA = "nepenthe-timing/1";

  /** More cores than this, kept busy by others, can have changed a time. */
  private static final double CORES_OF_A_QUIET_MACHINE = 0.25;

  /** Copies the lists; seeds that an old file lacks are computed from its shots. */
  public TimingResult {
    shots = List.copyOf(shots);
    seeds = seeds == null ? means(shots) : List.copyOf(seeds);
  }

  private static List<SeedTime> means(List<Shot> shots) {
    return shots.stream()
        .map(Shot::seed)
        .distinct()
        .map(
            seed ->
                new SeedTime(
                    seed,
                    shots.stream()
                        .filter(shot -> shot.seed() == seed)
                        .mapToDouble(Shot::seconds)
                        .average()
                        .orElseThrow(),
                    null))
        .toList();
  }

  /** Returns true for schemas that this program reads: its own and older ones. */
  static boolean canRead(String schema) {
    return SCHEMA.equals(schema) || FIRST_SCHEMA.equals(schema);
  }

  /**
   * Returns what a reader must know of other processes while this was measured, in words; empty if
   * they left the machine to it, or if that is not known.
   */
  public String disturbance() {
    OptionalDouble most =
        shots.stream()
            .map(Shot::otherLoad)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max();
    return most.orElse(0) > CORES_OF_A_QUIET_MACHINE
        ? String.format(
            Locale.ROOT,
            "other processes kept %.1f cores busy while it was timed",
            most.getAsDouble())
        : "";
  }

  /**
   * One seed's time.
   *
   * @param seed the run seed
   * @param seconds mean over forks
   * @param errorSeconds half of JMH's 99.9 % confidence interval of that mean; null with fewer than
   *     three forks
   */
  public record SeedTime(long seed, double seconds, @Nullable Double errorSeconds) {}

  /**
   * One single shot.
   *
   * @param fork number of the fork, from 0
   * @param seed the run seed
   * @param trialId the winner that was repeated
   * @param hyperparameters of that winner
   * @param seconds JMH's score
   * @param localizeSeconds null for a method that does not split
   * @param editSeconds null for a method that does not split
   * @param otherLoad cores that other processes kept busy, mean over the fork's life until then;
   *     null if unknown
   */
  public record Shot(
      int fork,
      long seed,
      String trialId,
      Map<String, Number> hyperparameters,
      double seconds,
      @Nullable Double localizeSeconds,
      @Nullable Double editSeconds,
      @Nullable Double otherLoad) {}
}
