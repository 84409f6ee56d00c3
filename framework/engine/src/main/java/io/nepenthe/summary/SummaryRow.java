package io.nepenthe.summary;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Metric;
import io.nepenthe.plugin.Family;
import io.nepenthe.selection.Exclusion;
import io.nepenthe.selection.Winner;
import io.nepenthe.statistics.Statistic;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of a table: one method on one task, its best trial of each seed.
 *
 * @param task id of the task
 * @param method id of the method; "original" for the unmitigated model
 * @param name as tables print it
 * @param family kind of method
 * @param seeds the seeds that have a winner, rising
 * @param metrics over those seeds, those that have a value
 * @param seconds JMH's time of the winners where there is one, else the sweep's, all of one class
 *     of machines; null for the original model, and where the winners were timed on another class
 * @param secondsSource "jmh" or "sweep"; null where there are no times
 * @param secondsError JMH's 99.9 % error of the mean of {@code seconds}, over all shots of all
 *     seeds; null where the sweep's time stands or one fork was used
 * @param sweepSeconds the sweep's time of the same trials; null for the original model
 * @param localizeSeconds of the same trials; null where the method does not split
 * @param editSeconds of the same trials; null where the method does not split
 * @param tuningSeconds time of all trials of the method, mean over seeds
 * @param winners by seed: the trial's id and hyper-parameters
 * @param trials number of trials, all seeds
 * @param failures one line per trial that is not valid
 * @param note what a reader must know of this line's scores, empty if nothing
 * @param timeNote what a reader must know of its times, or why it has none; empty if nothing
 * @param sharedHyperparameters the one setting for all seeds, chosen on the validation halves of
 *     the evaluation rows; null where no trial has halves
 * @param sharedHoldout its scores on the holdout halves; null likewise
 * @param memorizedByCopies per cent by how often the training set holds a row, rising; empty where
 *     all rows are held equally often
 * @param excluded trials that could not be chosen, counted by {@link Exclusion.Kind}
 */
public record SummaryRow(
    String task,
    String method,
    String name,
    Family family,
    List<Long> seeds,
    ByMetric<Statistic> metrics,
    @Nullable Statistic seconds,
    @Nullable String secondsSource,
    @Nullable Double secondsError,
    @Nullable Statistic sweepSeconds,
    @Nullable Statistic localizeSeconds,
    @Nullable Statistic editSeconds,
    @Nullable Double tuningSeconds,
    Map<Long, Winner> winners,
    int trials,
    List<String> failures,
    String note,
    String timeNote,
    @Nullable Map<String, Number> sharedHyperparameters,
    @Nullable ByMetric<Statistic> sharedHoldout,
    SortedMap<Integer, Statistic> memorizedByCopies,
    Map<String, Integer> excluded) {
  /** Id of the line of unmitigated models. */
  public static final String ORIGINAL = "original";

  /** Returns a metric over the seeds; null if it has no value. */
  public @Nullable Statistic of(Metric metric) {
    return metrics.of(metric);
  }
}
