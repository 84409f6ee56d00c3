package io.nepenthe.leaderboard;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TrialResult;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells methods that make a model forget everything from those that make it forget a part. */
final class OverUnlearning {
  /** Memorization is gone if no more than this is left, in per cent. */
  static final double MEMORIZED_PERCENT = 5;

  /** Utility is gone if accuracy has lost more than this part of what it was. */
  static final double ACCURACY_LOSS = 0.10;

  /** Utility is gone if perplexity has risen by more than this part of what it was. */
  static final double PERPLEXITY_RISE = 0.50;

  private OverUnlearning() {}

  /** Returns what was lost, in words; empty if memorization is not gone, or utility is not. */
  static String of(Collection<TrialResult> winners) {
    List<Scores> before = winners.stream().map(TrialResult::before).toList();
    List<Scores> after =
        winners.stream().map(trial -> Objects.requireNonNull(trial.after())).toList();
    Double memorized = mean(after, Scores::memorizedPercent);
    if (memorized == null || !(memorized <= MEMORIZED_PERCENT)) {
      return "";
    }
    Double was = mean(before, Scores::accuracyPercent);
    Double is = mean(after, Scores::accuracyPercent);
    return was != null && is != null ? accuracy(was, is) : perplexity(before, after);
  }

  private static String accuracy(double was, double is) {
    double loss = (was - is) / was;
    return loss > ACCURACY_LOSS ? words("accuracy fell by %.1f %%", 100 * loss) : "";
  }

  private static String perplexity(List<Scores> before, List<Scores> after) {
    double was = Objects.requireNonNull(mean(before, Scores::perplexity));
    double is = Objects.requireNonNull(mean(after, Scores::perplexity));
    double rise = (is - was) / was;
    if (rise <= PERPLEXITY_RISE) {
      return "";
    }
    return Double.isFinite(rise)
        ? words("perplexity rose by %.0f %%", 100 * rise)
        : words("perplexity is no longer finite");
  }

  private static String words(String what, Object... numbers) {
    return "over-unlearned: " + String.format(Locale.ROOT, what, numbers);
  }

  private static @Nullable Double mean(
      List<Scores> scores, Function<Scores, @Nullable Double> part) {
    List<Double> values = scores.stream().map(part).filter(Objects::nonNull).toList();
    return values.isEmpty()
        ? null
        : values.stream().mapToDouble(Double::doubleValue).average().getAsDouble();
  }
}
