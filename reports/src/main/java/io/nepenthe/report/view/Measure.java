package io.nepenthe.report.view;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.Scores;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.SummaryRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A column of the tables: one of each metric, and the times. One instance each. */
public final class Measure {
  private static final List<Measure> METRICS = Metrics.all().stream().map(Measure::new).toList();

  public static final Measure MEMORIZED = of(Metrics.MEMORIZED);
  public static final Measure ACCURACY = of(Metrics.ACCURACY);
  public static final Measure PERPLEXITY = of(Metrics.PERPLEXITY);
  public static final Measure REFERENCE_PERPLEXITY = of(Metrics.REFERENCE_PERPLEXITY);
  public static final Measure SECONDS = time("Time (s)", "seconds", SummaryRow::seconds);
  public static final Measure LOCALIZE =
      time("Localize (s)", "localizeSeconds", SummaryRow::localizeSeconds);
  public static final Measure EDIT = time("Edit (s)", "editSeconds", SummaryRow::editSeconds);

  /** All trials of a method; selection hands over its mean only. */
  public static final Measure TUNING =
      time("Sweep, all trials (s)", "tuningSeconds", row -> single(row.tuningSeconds()));

  /** What the sweep took for the same trials, in a worker on a machine busy with others. */
  public static final Measure SWEEP = time("Sweep (s)", "sweepSeconds", SummaryRow::sweepSeconds);

  private final String title;
  private final String id;
  private final Function<SummaryRow, @Nullable Statistic> ofRow;
  private final Function<Scores, @Nullable Double> ofScores;
  private final ToIntFunction<Double> decimals;

  private Measure(Metric metric) {
    this(
        metric.heading(),
        metric.id(),
        row -> row.of(metric),
        scores -> scores.of(metric),
        value -> metric.decimals());
  }

  private Measure(
      String title,
      String id,
      Function<SummaryRow, @Nullable Statistic> ofRow,
      Function<Scores, @Nullable Double> ofScores,
      ToIntFunction<Double> decimals) {
    this.title = title;
    this.id = id;
    this.ofRow = ofRow;
    this.ofScores = ofScores;
    this.decimals = decimals;
  }

  private static Measure time(
      String title, String id, Function<SummaryRow, @Nullable Statistic> seconds) {
    return new Measure(title, id, seconds, scores -> null, Numbers::secondsDecimals);
  }

  /** Returns the column of a metric. */
  public static Measure of(Metric metric) {
    return METRICS.get(Metrics.all().indexOf(metric));
  }

  /** Returns the columns of all metrics. */
  public static List<Measure> metrics() {
    return METRICS;
  }

  /** Returns the column's heading. */
  public String title() {
    return title;
  }

  /** Returns the name in {@link SummaryRow} and in CSV. */
  public String id() {
    return id;
  }

  /** Returns its statistic in a row. */
  public Optional<Statistic> of(SummaryRow row) {
    return Optional.ofNullable(ofRow.apply(row));
  }

  /** Returns its value for one model; null if there is none, as of every time. */
  public @Nullable Double of(Scores scores) {
    return ofScores.apply(scores);
  }

  private static @Nullable Statistic single(@Nullable Double value) {
    return value == null ? null : new Statistic(value, value, value);
  }

  /** Returns how many decimals a value of that size is printed with. */
  int decimals(double value) {
    return decimals.applyAsInt(value);
  }

  @Override
  public String toString() {
    return id;
  }
}
