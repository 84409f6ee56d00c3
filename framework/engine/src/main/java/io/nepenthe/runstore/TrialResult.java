package io.nepenthe.runstore;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.provenance.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * One trial: one method on one task with one seed and one set of hyper-parameters. One JSON file.
 *
 * @param schema "nepenthe-trial/1"
 * @param id task, method, seed and hash of the identity; also the file's name
 * @param identity everything that could change the result
 * @param methodName as tables print it
 * @param family kind of method
 * @param outcome how it ended
 * @param before scores of the original model
 * @param after scores of the mitigated model; null unless valid
 * @param time null unless valid
 * @param changedEntries weights that differ from the original model's; null unless valid
 * @param peakMemoryBytes largest resident memory of the worker while it ran; null if unknown
 * @param provenance where it was measured
 * @param finishedAt ISO-8601 instant
 */
public record TrialResult(
    String schema,
    String id,
    TrialIdentity identity,
    String methodName,
    Family family,
    TrialOutcome outcome,
    Scores before,
    @Nullable Scores after,
    @Nullable TrialTime time,
    @Nullable Long changedEntries,
    @Nullable Long peakMemoryBytes,
    Provenance provenance,
    String finishedAt) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-trial/1";

  /** Returns true if the mitigated weights were measured. */
  @JsonIgnore
  public boolean isValid() {
    return outcome instanceof TrialOutcome.Valid;
  }
}
