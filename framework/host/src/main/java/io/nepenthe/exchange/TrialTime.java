package io.nepenthe.exchange;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a trial would have taken alone: in seconds, device synchronised, loading and measuring left
 * out (EVALUATION 6), and in work of the model, which is the same on every machine.
 *
 * @param seconds everything from model in memory to mitigated model in memory; for a regularizer
 *     the training time beyond plain training's, for one that trains on rows of its own all of it
 * @param localizeSeconds finding where; null for a method that does not split
 * @param editSeconds editing there; null for a method that does not split
 * @param cost work of the model, in forward passes of one token, as {@link
 *     io.nepenthe.model.CountedModel} counts it; null for a training from the start, and in trials
 *     of protocol 1.0
 */
public record TrialTime(
    double seconds,
    @Nullable Double localizeSeconds,
    @Nullable Double editSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double cost) {
  /** Makes a time whose work is not known. */
  public TrialTime(double seconds, @Nullable Double localizeSeconds, @Nullable Double editSeconds) {
    this(seconds, localizeSeconds, editSeconds, null);
  }

  /** Returns the time with more of each step; a time without steps has one, the edit. */
  public TrialTime plus(double localize, double edit) {
    return new TrialTime(
        seconds + localize + edit,
        localizeSeconds == null ? null : localizeSeconds + localize,
        editSeconds == null ? null : editSeconds + edit,
        cost);
  }

  /** Returns false if the steps of a time take more or less than the whole. */
  public boolean addsUp() {
    return localizeSeconds == null
        || editSeconds == null
        || Math.abs(localizeSeconds + editSeconds - seconds) <= 1e-6 + 0.01 * Math.abs(seconds);
  }

  /** Returns false for what cannot have been measured: a negative time or cost, or no number. */
  @JsonIgnore
  public boolean isPossible() {
    return Double.isFinite(seconds)
        && (localizeSeconds == null || localizeSeconds >= 0)
        && (editSeconds == null || editSeconds >= 0)
        && (cost == null || (cost >= 0 && Double.isFinite(cost)));
  }
}
