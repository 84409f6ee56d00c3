package io.nepenthe.runstore;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.provenance.Provenance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What challenges left of one model's forgetting. One JSON file.
 *
 * @param schema "nepenthe-challenge/1"
 * @param id task, seed, subject and a hash of subject and challenges; also the file's name
 * @param task id of the task
 * @param seed the run seed
 * @param subject id of the method whose winner was challenged, or {@link #ORIGINAL}
 * @param trial id of the winner's trial; null for the original
 * @param weightsHash hash of the weights that were challenged
 * @param challengesHash hash of the challenges that the suite names
 * @param readings in the suite's order; each challenge begins with one of the model as it was, on
 *     the rows that the challenge measures
 * @param seconds time of all challenges
 * @param provenance where it was measured
 */
public record ChallengeResult(
    String schema,
    String id,
    String task,
    long seed,
    String subject,
    @Nullable String trial,
    String weightsHash,
    String challengesHash,
    List<Reading> readings,
    double seconds,
    Provenance provenance) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-challenge/1";

  /** The subject that nothing was done to. */
  public static final String ORIGINAL = "original";

  /** Copies the list. */
  public ChallengeResult {
    readings = List.copyOf(readings);
  }

  /** Returns what the ids of all results of a task, seed and subject begin with. */
  static String stem(String task, long seed, String subject) {
    return task + "_s" + seed + "_" + subject + "_";
  }

  /** Returns what the ids of all results of this task, seed and subject begin with. */
  String stem() {
    return stem(task, seed, subject);
  }

  /**
   * Returns the id of a subject's result.
   *
   * @param identity everything that could change it
   */
  public static String id(String task, long seed, String subject, Map<String, Object> identity) {
    return stem(task, seed, subject) + ContentHash.of(Json.canonical(identity)).substring(0, 12);
  }

  /**
   * What was measured at one point of a challenge.
   *
   * @param challenge its kind, like "relearning"
   * @param variant of it, like "clean-rows" or "int4"; {@link #UNCHALLENGED} for the model as it
   *     was
   * @param step of a curve, like steps of fine-tuning; null where there is none
   * @param values numbers by id: of metrics, or of the challenge's own measures
   */
  public record Reading(
      String challenge,
      String variant,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer step,
      Map<String, Double> values) {
    /** The variant that is the model as it was. */
    public static final String UNCHALLENGED = "unchallenged";

    /** Copies the map, keeping its order. */
    public Reading {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}
