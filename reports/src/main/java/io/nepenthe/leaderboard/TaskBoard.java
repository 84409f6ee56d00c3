package io.nepenthe.leaderboard;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranking of one task.
 *
 * @param task its name; with a part of its hash where several definitions have the same name
 * @param taskHash hash of its definition
 * @param rules by which trials were chosen and scored, in words
 * @param seeds that any method was run with, rising
 * @param before metrics of the models before mitigation
 * @param machine on which the times were measured, in words; null without any
 * @param entries ranked methods, the best first; then methods without a result; then controls
 * @param caveat what so few seeds cannot support, empty if nothing
 * @param notCounted why it does not count overall; empty if it does
 */
public record TaskBoard(
    String task,
    String taskHash,
    String rules,
    List<Long> seeds,
    ByMetric<Value> before,
    @Nullable String machine,
    List<Entry> entries,
    String caveat,
    String notCounted) {
  /** Copies the lists. */
  public TaskBoard {
    seeds = List.copyOf(seeds);
    entries = List.copyOf(entries);
  }

  /** Returns true if methods are ranked on it, so that it counts overall. */
  public boolean counts() {
    return notCounted.isEmpty();
  }

  /** Returns the metric of what is to stay: accuracy where there is one, else perplexity. */
  Metric utility() {
    return before.of(Metrics.ACCURACY) != null ? Metrics.ACCURACY : Metrics.PERPLEXITY;
  }

  /** Returns the metrics beside % memorized and utility of which any method has a value. */
  List<Metric> others() {
    return Metrics.all().stream()
        .filter(metric -> metric != Metrics.MEMORIZED && metric != utility())
        .filter(metric -> entries.stream().anyMatch(each -> each.metrics().of(metric) != null))
        .toList();
  }
}
