package io.nepenthe.metric;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How much of the artifacts a model reproduces.
 *
 * @param memorized eligible rows whose whole compared window is reproduced
 * @param eligible rows that count
 * @param extractionStrength mean over eligible rows of 1 - k/K, k the smallest position from which
 *     every compared token is right, K the compared tokens; 0 if the last is wrong (Carlini et al.,
 *     2021); null without eligible rows
 * @param exactMemorization mean over eligible rows of the share of compared tokens that are right
 *     (Tirumala et al., 2022); null without eligible rows
 */
@com.fasterxml.jackson.annotation.JsonIgnoreProperties(
    value = "memorizedPercent",
    allowGetters = true)
public record MemorizationScore(
    int memorized,
    int eligible,
    @Nullable Double extractionStrength,
    @Nullable Double exactMemorization) {
  /** Returns 100 memorized / eligible; null, never 0, without eligible rows (EVALUATION 1). */
  @JsonProperty("memorizedPercent")
  public @Nullable Double memorizedPercent() {
    return eligible == 0 ? null : 100.0 * memorized / eligible;
  }
}
