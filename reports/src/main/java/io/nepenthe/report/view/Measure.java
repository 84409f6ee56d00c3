package io.nepenthe.report.view;

import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.SummaryRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of the tables. */
public enum Measure {
  MEMORIZED("% Mem", "memorizedPercent"),
  ACCURACY("Acc (%)", "accuracyPercent"),
  PREDICTABLE_ACCURACY("Predictable acc (%)", "predictableAccuracyPercent"),
  PERPLEXITY("Perplexity", "perplexity"),
  REFERENCE_PERPLEXITY("Perplexity, mean over batches", "referencePerplexity"),
  SECONDS("Time (s)", "seconds"),
  LOCALIZE("Localize (s)", "localizeSeconds"),
  EDIT("Edit (s)", "editSeconds"),
  /** All trials of a method; selection hands over its mean only. */
  TUNING("Tuning incl. (s)", "tuningSeconds"),
  /** What the sweep took for the same trials, in a worker on a machine busy with others. */
  SWEEP("Sweep (s)", "sweepSeconds");

  private final String title;
  private final String id;

  Measure(String title, String id) {
    this.title = title;
    this.id = id;
  }

  /** Returns the column's heading. */
  public String title() {
    return title;
  }

  /** Returns the name in {@link SummaryRow} and in CSV. */
  public String id() {
    return id;
  }

  public Optional<Statistic> of(SummaryRow row) {
    return Optional.ofNullable(
        switch (this) {
          case MEMORIZED -> row.memorizedPercent();
          case ACCURACY -> row.accuracyPercent();
          case PREDICTABLE_ACCURACY -> row.predictableAccuracyPercent();
          case PERPLEXITY -> row.perplexity();
          case REFERENCE_PERPLEXITY -> row.referencePerplexity();
          case SECONDS -> row.seconds();
          case LOCALIZE -> row.localizeSeconds();
          case EDIT -> row.editSeconds();
          case TUNING -> single(row.tuningSeconds());
          case SWEEP -> row.sweepSeconds();
        });
  }

  private static @Nullable Statistic single(@Nullable Double value) {
    return value == null ? null : new Statistic(value, value, value);
  }

  /** Returns how many decimals a value of that size is printed with. */
  int decimals(double value) {
    return switch (this) {
      case MEMORIZED, ACCURACY, PREDICTABLE_ACCURACY, PERPLEXITY, REFERENCE_PERPLEXITY -> 2;
      case SECONDS, LOCALIZE, EDIT, TUNING, SWEEP -> Numbers.secondsDecimals(value);
    };
  }
}
