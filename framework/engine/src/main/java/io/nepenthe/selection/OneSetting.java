package io.nepenthe.selection;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * One setting for all seeds: of those with the most seeds, the lowest mean score; ties go to the
 * least work on average, then the smallest ratio, then the first setting.
 *
 * @param trials of that setting, by seed, rising
 */
record OneSetting(Map<Long, ScoredTrial> trials) {
  private static final Comparator<OneSetting> BEST_FIRST =
      Comparator.<OneSetting>comparingInt(setting -> -setting.trials.size())
          .thenComparingDouble(setting -> setting.mean(ScoredTrial::ordered))
          .thenComparingDouble(setting -> setting.mean(ScoredTrial::cost))
          .thenComparingDouble(setting -> setting.first().ratio())
          .thenComparing(setting -> setting.first().setting());

  /** Returns the best setting, empty if there is no trial. */
  static Optional<OneSetting> choose(Collection<ScoredTrial> trials) {
    Map<String, Map<Long, ScoredTrial>> settings = new LinkedHashMap<>();
    for (ScoredTrial trial : trials) {
      settings
          .computeIfAbsent(trial.setting(), setting -> new TreeMap<>())
          .merge(trial.seed(), trial, BinaryOperator.minBy(ScoredTrial.BEST_FIRST));
    }
    return settings.values().stream().map(OneSetting::new).min(BEST_FIRST);
  }

  Map<String, Number> hyperparameters() {
    return first().hyperparameters();
  }

  /** Returns the mean score over its seeds. */
  double meanScore() {
    return mean(ScoredTrial::score);
  }

  private ScoredTrial first() {
    return trials.values().iterator().next();
  }

  private double mean(ToDoubleFunction<ScoredTrial> part) {
    return trials.values().stream().mapToDouble(part).average().orElseThrow();
  }
}
