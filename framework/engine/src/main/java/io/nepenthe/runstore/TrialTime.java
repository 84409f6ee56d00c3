package io.nepenthe.runstore;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * What a trial would have taken alone, in seconds, device synchronised, loading and measuring left
 * out (EVALUATION 6).
 *
 * @param seconds everything from model in memory to mitigated model in memory; for a regularizer
 *     the training time beyond plain training's, for one that trains on rows of its own all of it
 * @param localizeSeconds finding where; null for a method that does not split
 * @param editSeconds editing there; null for a method that does not split
 */
public record TrialTime(
    double seconds, @Nullable Double localizeSeconds, @Nullable Double editSeconds) {
  /** Returns false for what no clock can have shown: a negative time, or no number. */
  @JsonIgnore
  public boolean isPossible() {
    return Double.isFinite(seconds)
        && (localizeSeconds == null || localizeSeconds >= 0)
        && (editSeconds == null || editSeconds >= 0);
  }
}
