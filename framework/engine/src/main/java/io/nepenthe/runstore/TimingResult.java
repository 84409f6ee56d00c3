package io.nepenthe.runstore;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.wording.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JMH's timing of one task's and method's winners. One JSON file.
 *
 * @param schema "nepenthe-timing/3"; in a file of "nepenthe-timing/2" a seed's time is the mean of
 *     its shots; one of "nepenthe-timing/1" has neither errors nor seeds nor other load
 * @param task id of the task
 * @param method id of the method
 * @param methodVersion version of the plugin
 * @param jarSha256 hash of the plugin's jar
 * @param forks fresh JVMs used, each of which repeated every seed's winner as often; where their
 *     shots were too few and in doubt, a further one repeated them twice
 * @param errorSeconds half of JMH's 99.9 % confidence interval of the mean over seeds and forks,
 *     each with its middle shot, the seeds' own differences included; null with a single fork
 * @param seeds time and error of each seed; never null
 * @param shots every measured single shot
 * @param provenance where it was measured
 * @param gpuClocks how fast the GPU ran meanwhile; left out where none was timed on, or its driver
 *     does not tell
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
    Provenance provenance,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GpuClocks gpuClocks) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-timing/3";

  private static final Set<String> OLD_SCHEMAS = Set.of("nepenthe-timing/1", "nepenthe-timing/2");

  /** Of fewer shots it is unknown which one lies out. */
  public static final int ENOUGH_SHOTS = 3;

  /** More cores than this, kept busy by others, can have changed a time. */
  private static final double CORES_OF_A_QUIET_MACHINE = 0.25;

  /** Copies the lists; seeds that an old file lacks are computed from its shots. */
  public TimingResult {
    shots = List.copyOf(shots);
    seeds = seeds == null ? means(shots) : List.copyOf(seeds);
  }

  /** Makes one without a GPU's clocks. */
  public TimingResult(
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
    this(
        schema,
        task,
        method,
        methodVersion,
        jarSha256,
        forks,
        errorSeconds,
        seeds,
        shots,
        provenance,
        null);
  }

  private static List<SeedTime> means(List<Shot> shots) {
    return seedsOf(shots).stream()
        .map(seed -> new SeedTime(seed, meanSeconds(ofSeed(shots, seed)), null))
        .toList();
  }

  private static List<Long> seedsOf(List<Shot> shots) {
    return shots.stream().map(Shot::seed).distinct().toList();
  }

  private static List<Shot> ofSeed(List<Shot> shots, long seed) {
    return shots.stream().filter(shot -> shot.seed() == seed).toList();
  }

  private static double meanSeconds(List<Shot> shots) {
    return shots.stream().mapToDouble(Shot::seconds).average().orElseThrow();
  }

  /** Returns the shots whose mean is a seed's time: its middle one or two; in older files all. */
  public List<Shot> typical(long seed) {
    return SCHEMA.equals(schema) ? middle(ofSeed(shots, seed)) : ofSeed(shots, seed);
  }

  /** Returns the middle shot by its seconds, or of an even number the middle two; none of none. */
  public static List<Shot> middle(List<Shot> shots) {
    if (shots.isEmpty()) {
      return List.of();
    }
    List<Shot> sorted = shots.stream().sorted(Comparator.comparingDouble(Shot::seconds)).toList();
    return sorted.subList((sorted.size() - 1) / 2, sorted.size() / 2 + 1);
  }

  /** Returns true for schemas that this program reads: its own and older ones. */
  static boolean canRead(String schema) {
    return SCHEMA.equals(schema) || OLD_SCHEMAS.contains(schema);
  }

  /**
   * Returns what a reader must know of how this was measured, in words: other processes, a GPU that
   * was slowed, and shots that lie far out; empty if they left the machine to it and none does, or
   * if that is not known.
   */
  public String disturbance() {
    return Stream.of(otherLoad(), gpuClocks == null ? "" : gpuClocks.disturbance(), outliers())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private String otherLoad() {
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

  private String outliers() {
    List<Shot> outliers = shots.stream().filter(shot -> isOutlier(shot)).toList();
    if (outliers.isEmpty()) {
      return "";
    }
    Shot worst = outliers.stream().max(Comparator.comparingDouble(this::factor)).orElseThrow();
    return String.format(
        Locale.ROOT,
        "outliers: %d of %s; the farthest, of seed %d, took %.1f times the middle one",
        outliers.size(),
        Words.count(shots.size(), "shot"),
        worst.seed(),
        worst.seconds() / middleSeconds(worst.seed()));
  }

  private boolean isOutlier(Shot shot) {
    return ofSeed(shots, shot.seed()).size() >= ENOUGH_SHOTS
        && shot.isFarFrom(middleSeconds(shot.seed()));
  }

  /** Returns by what factor a shot is longer or shorter than its seed's middle one. */
  private double factor(Shot shot) {
    double ratio = shot.seconds() / middleSeconds(shot.seed());
    return Math.max(ratio, 1 / ratio);
  }

  private double middleSeconds(long seed) {
    return meanSeconds(middle(ofSeed(shots, seed)));
  }

  /**
   * One seed's time.
   *
   * @param seed the run seed
   * @param seconds of its middle shot, of all forks
   * @param errorSeconds half of JMH's 99.9 % confidence interval of the mean over forks, each with
   *     its middle shot; null with fewer than three forks
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
      @Nullable Double otherLoad) {
    private static final double FACTOR_OF_DOUBT = 2;

    /** Of times as short as this, ticks of the system make the difference. */
    private static final double SECONDS_OF_NOISE = 0.001;

    /** Returns true if the shot and another time of the same work cannot both be right. */
    public boolean isFarFrom(double other) {
      return Math.abs(seconds - other) > SECONDS_OF_NOISE
          && (seconds > other * FACTOR_OF_DOUBT || seconds * FACTOR_OF_DOUBT < other);
    }
  }
}
