package io.nepenthe.runstore;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.provenance.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One trial: one method on one task with one seed and one set of hyper-parameters. One JSON file.
 *
 * @param schema "nepenthe-trial/3"
 * @param id task, method, seed and hash of the identity; also the file's name
 * @param identity everything that could change the result
 * @param methodName as tables print it
 * @param family kind of method
 * @param outcome how it ended
 * @param before scores of the original model
 * @param after scores of the mitigated model; null unless valid
 * @param beforeSplit scores of the original model on two halves of the rows; null if unknown
 * @param afterSplit the same of the mitigated model; null if unknown or not valid
 * @param time null unless valid
 * @param changedEntries weights that differ from the original model's; null unless valid
 * @param mitigatedHash SHA-256 of the mitigated weights, 32-bit floats, little-endian, in model
 *     order; of these and the n-grams where any are blocked; null if unknown or not valid
 * @param blockedNgrams how many n-grams the model in use must not complete; null if none
 * @param curve scores over training of a method that takes part in it, rising by pass; else empty
 * @param peakMemoryBytes largest resident memory of the worker while it ran; null if unknown
 * @param peakDeviceMemoryBytes largest memory in use on the GPU meanwhile; null if unknown
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
    @Nullable SplitScores beforeSplit,
    @Nullable SplitScores afterSplit,
    @Nullable TrialTime time,
    @Nullable Long changedEntries,
    @Nullable String mitigatedHash,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer blockedNgrams,
    @Nullable List<OriginalResult.CurvePoint> curve,
    @Nullable Long peakMemoryBytes,
    @Nullable Long peakDeviceMemoryBytes,
    Provenance provenance,
    String finishedAt) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-trial/3";

  /** Copies the curve; the first version has none. */
  public TrialResult {
    curve = curve == null ? List.of() : List.copyOf(curve);
  }

  /** Makes a trial of a model whose decoding is free. */
  public TrialResult(
      String schema,
      String id,
      TrialIdentity identity,
      String methodName,
      Family family,
      TrialOutcome outcome,
      Scores before,
      @Nullable Scores after,
      @Nullable SplitScores beforeSplit,
      @Nullable SplitScores afterSplit,
      @Nullable TrialTime time,
      @Nullable Long changedEntries,
      @Nullable String mitigatedHash,
      @Nullable List<OriginalResult.CurvePoint> curve,
      @Nullable Long peakMemoryBytes,
      @Nullable Long peakDeviceMemoryBytes,
      Provenance provenance,
      String finishedAt) {
    this(
        schema,
        id,
        identity,
        methodName,
        family,
        outcome,
        before,
        after,
        beforeSplit,
        afterSplit,
        time,
        changedEntries,
        mitigatedHash,
        null,
        curve,
        peakMemoryBytes,
        peakDeviceMemoryBytes,
        provenance,
        finishedAt);
  }

  /** Returns this trial as one that does not apply, without what it measured. */
  public TrialResult notApplicable(String reason) {
    return new TrialResult(
        schema,
        id,
        identity,
        methodName,
        family,
        new TrialOutcome.NotApplicable(reason),
        before,
        null,
        beforeSplit,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        provenance,
        finishedAt);
  }

  /** Returns true if an original model is the one this trial began with, by hashes and scores. */
  public boolean isOf(OriginalResult original) {
    return identity.task().equals(original.task())
        && identity.seed() == original.seed()
        && identity.taskHash().equals(original.taskHash())
        && identity.dataHash().equals(original.dataHash())
        && identity.checkpointHash().equals(original.checkpointHash())
        && ScoreChecks.areOfOneModel(before, original.scores());
  }

  /**
   * Returns true if the same work leaves the very same weights elsewhere: on the trial's kind of
   * machine and library, on the processor, equal work gives equal bits.
   *
   * @param here machine and versions
   * @param device where the method is to run
   */
  public boolean isExactOn(Provenance here, String device) {
    return mitigatedHash != null
        && "cpu".equals(device)
        && "cpu".equals(identity.device())
        && MachineClass.of(provenance).equals(MachineClass.of(here))
        && provenance.libtorch().equals(here.libtorch());
  }

  /** Returns true if the mitigated weights were measured. */
  @JsonIgnore
  public boolean isValid() {
    return outcome instanceof TrialOutcome.Valid;
  }

  /** Returns true if the model in use is the original one. */
  @JsonIgnore
  public boolean isUnchanged() {
    return Long.valueOf(0).equals(changedEntries) && blockedNgrams == null;
  }
}
