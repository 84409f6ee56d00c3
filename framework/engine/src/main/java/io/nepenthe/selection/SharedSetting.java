package io.nepenthe.selection;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one setting of a method for all seeds, chosen on the validation half of the evaluation rows
 * and told by the other half, which had no part in the choice.
 *
 * @param hyperparameters the grid point
 * @param trials its trial of each seed
 * @param validationScore mean over seeds of what was minimised, on the validation halves
 * @param holdout scores on the holdout halves
 * @param note which seeds it is chosen on, where those are not all; else empty
 */
public record SharedSetting(
    Map<String, Number> hyperparameters,
    Map<Long, String> trials,
    double validationScore,
    ScoreStatistics holdout,
    String note) {
  /** Copies the maps, sorted. */
  public SharedSetting {
    hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
    trials = Collections.unmodifiableMap(new TreeMap<>(trials));
  }
}
