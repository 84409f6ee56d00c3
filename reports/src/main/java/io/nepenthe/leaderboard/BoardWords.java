package io.nepenthe.leaderboard;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.report.view.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a board prints values, and what it says of a task, on the page and in Markdown alike. */
final class BoardWords {
  private BoardWords() {}

  static String mean(@Nullable Value value, int decimals) {
    return value == null || value.mean() == null
        ? Numbers.MISSING
        : Numbers.decimal(value.mean(), decimals);
  }

  static int secondsDecimals(@Nullable Value seconds) {
    return seconds == null || seconds.mean() == null ? 0 : Numbers.secondsDecimals(seconds.mean());
  }

  static String seeds(List<Long> seeds) {
    return seeds.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /** Returns how memorization and utility stood before mitigation, as a sentence. */
  static String before(TaskBoard task) {
    Metric utility = task.utility();
    return String.format(
        Locale.ROOT,
        "Before mitigation: %s %% memorized, %s %s%s.",
        mean(task.before(), Metrics.MEMORIZED),
        utility == Metrics.ACCURACY ? "accuracy" : utility.name(),
        mean(task.before(), utility),
        utility == Metrics.ACCURACY ? " %" : "");
  }

  private static String mean(ByMetric<Value> metrics, Metric metric) {
    return mean(metrics.of(metric), metric.decimals());
  }

  /** Returns where the times come from, as a sentence. */
  static String times(TaskBoard task) {
    return task.machine() == null
        ? "Nothing was timed."
        : "Times on " + task.machine() + "; † in the sweep, not by JMH.";
  }
}
