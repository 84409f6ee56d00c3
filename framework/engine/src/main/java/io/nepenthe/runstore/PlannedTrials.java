package io.nepenthe.runstore;

import io.nepenthe.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run is to hold: {@code plan.json} of its folder, written before anything is measured. It
 * says what {@code run.json} implies; readers go by that.
 *
 * @param schema "nepenthe-plan/3"; earlier versions held the ids of the trials, and were written
 *     last
 * @param originals ids of its base measurements
 * @param trials its trials
 */
public record PlannedTrials(String schema, List<String> originals, List<Planned> trials) {
  /** The schema this program writes. */
  static final String SCHEMA = "nepenthe-plan/3";

  /** Copies the lists. */
  public PlannedTrials {
    originals = List.copyOf(originals);
    trials = List.copyOf(trials);
  }

  /** Returns what that run is to hold. */
  public static PlannedTrials of(RunFile run) {
    PlannedResults planned = PlannedResults.of(run);
    return new PlannedTrials(
        SCHEMA,
        planned.originals(),
        planned.trials().stream()
            .map(
                trial ->
                    new Planned(
                        trial.task(), trial.seed(), trial.method(), trial.hyperparameters()))
            .toList());
  }

  /**
   * Returns true if two plans are to hold the same, in whatever order: a definition that is read
   * back names hyper-parameters in the order of their letters, and searches their values in that.
   */
  public boolean holdsTheSameAs(PlannedTrials other) {
    return schema.equals(other.schema)
        && sorted(originals).equals(sorted(other.originals))
        && sorted(trials).equals(sorted(other.trials));
  }

  private static List<String> sorted(List<?> parts) {
    return parts.stream().map(part -> Json.canonical(Map.of("part", part))).sorted().toList();
  }

  /**
   * A trial that is to be there.
   *
   * @param task id of the task
   * @param seed the run seed
   * @param method id of the method
   * @param hyperparameters one grid point
   */
  public record Planned(
      String task, long seed, String method, Map<String, Number> hyperparameters) {
    /** Copies the map. */
    public Planned {
      hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
    }
  }
}
