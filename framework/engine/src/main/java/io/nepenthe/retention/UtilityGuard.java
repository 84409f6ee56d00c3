package io.nepenthe.retention;

import io.nepenthe.metric.Scores;
import java.util.List;
import java.util.Optional;

/**
 * Tells a model that forgot from one that was destroyed, which recites nothing either: the harmonic
 * mean of the share that is no longer memorized and of the utility that is left.
 *
 * @param forgotten 1 - the share that is memorized, in [0, 1]
 * @param utility of the original's, in [0, 1]: the ratio of accuracies, or of perplexities turned
 *     round; a model that became better has 1
 */
public record UtilityGuard(double forgotten, double utility) {
  /** A model below it is destroyed, if it is utility that it lacks. */
  public static final double DESTROYED = 0.5;

  /** Returns the guard of a model; nothing if memorization or utility have no value. */
  public static Optional<UtilityGuard> of(Scores before, Scores after) {
    Double memorized = after.memorizedPercent();
    double ratio = ratio(before, after);
    return memorized == null || Double.isNaN(ratio)
        ? Optional.empty()
        : Optional.of(new UtilityGuard(1 - memorized / 100, Math.min(1, ratio)));
  }

  private static double ratio(Scores before, Scores after) {
    Double was = before.accuracyPercent();
    Double is = after.accuracyPercent();
    if (was != null && is != null) {
      return is / was;
    }
    return Double.isInfinite(after.perplexity()) ? 0 : before.perplexity() / after.perplexity();
  }

  /** Returns the harmonic mean, in [0, 1]; 0 if either is. */
  public double value() {
    double sum = forgotten + utility;
    return sum == 0 ? 0 : 2 * forgotten * utility / sum;
  }

  /** Returns true if the model has lost so much utility that its forgetting is worth nothing. */
  public boolean isDestroyed() {
    return value() < DESTROYED && utility < forgotten;
  }

  /**
   * Returns true if so many of a method's models are destroyed that it destroys models: nine of
   * ten, and so all of fewer than ten. Of many seeds, one is always out of the ordinary.
   */
  public static boolean areDestroyed(List<UtilityGuard> models) {
    long destroyed = models.stream().filter(UtilityGuard::isDestroyed).count();
    return !models.isEmpty() && 10 * destroyed >= 9L * models.size();
  }
}
