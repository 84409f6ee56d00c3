package io.nepenthe.runstore;

import io.nepenthe.provenance.Provenance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JMH's timing of one task's and method's winners. One JSON file.
 *
 * @param schema "nepenthe-timing/2"
 * @param task id of the task
 * @param method id of the method
 * @param methodVersion version of the plugin
 * @param jarSha256 hash of the plugin's jar
 * @param forks fresh JVMs used
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
    List<Shot> shots,
    Provenance provenance) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-timing/2";

  private static final String FIRST_SCHEMA = "nepenthe-timing/1";

  /** Copies the list. */
  public TimingResult {
    shots = List.copyOf(shots);
  }

  /** Returns true if this program can read it. */
  boolean hasKnownSchema() {
    return SCHEMA.equals(schema) || FIRST_SCHEMA.equals(schema);
  }

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
   */
  public record Shot(
      int fork,
      long seed,
      String trialId,
      Map<String, Number> hyperparameters,
      double seconds,
      @Nullable Double localizeSeconds,
      @Nullable Double editSeconds) {}
}
