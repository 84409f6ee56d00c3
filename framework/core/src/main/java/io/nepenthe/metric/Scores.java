package io.nepenthe.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the judge measures of one model on one task and seed. Percentages are 0 to 100.
 *
 * @param memorization of the artifact rows
 * @param accuracyPercent mean over the test sets of the share of targets predicted, padding
 *     included (EVALUATION 2); null for language
 * @param predictableAccuracyPercent the same over predictable targets only; null for language
 * @param perplexity exp(total loss / total targets) over all test rows
 * @param referencePerplexity mean over batches of exp(mean loss)
 * @param accuracyPercentByTest each test set's accuracy, by name
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Scores(
    MemorizationScore memorization,
    @Nullable Double accuracyPercent,
    @Nullable Double predictableAccuracyPercent,
    double perplexity,
    double referencePerplexity,
    Map<String, Double> accuracyPercentByTest) {
  /** Copies the map, keeping its order. */
  public Scores {
    accuracyPercentByTest = Collections.unmodifiableMap(new LinkedHashMap<>(accuracyPercentByTest));
  }
}
