package io.nepenthe.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
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
 * @param classes the same for each number of repetitions, rising; null if all rows have one
 */
@com.fasterxml.jackson.annotation.JsonIgnoreProperties(
    value = "memorizedPercent",
    allowGetters = true)
public record MemorizationScore(
    int memorized,
    int eligible,
    @Nullable Double extractionStrength,
    @Nullable Double exactMemorization,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<RepeatClass> classes) {
  /** Copies the list. */
  public MemorizationScore {
    classes = classes == null ? null : List.copyOf(classes);
  }

  /** Makes a score of rows that were all repeated equally often. */
  public MemorizationScore(
      int memorized,
      int eligible,
      @Nullable Double extractionStrength,
      @Nullable Double exactMemorization) {
    this(memorized, eligible, extractionStrength, exactMemorization, null);
  }

  /**
   * Returns 100 memorized / eligible; null, never 0, without eligible rows (EVALUATION 1). Of
   * classes, the mean of their percentages, each weighing as many rows as it has in the training
   * set (UNLEARNING_DRIVER 5).
   */
  @JsonProperty("memorizedPercent")
  public @Nullable Double memorizedPercent() {
    if (eligible == 0) {
      return null;
    }
    if (classes == null) {
      return 100.0 * memorized / eligible;
    }
    double sum = 0;
    double weight = 0;
    for (RepeatClass each : classes) {
      if (each.eligible() > 0) {
        sum += each.trainedRows() * (100.0 * each.memorized() / each.eligible());
        weight += each.trainedRows();
      }
    }
    return sum / weight;
  }
}
