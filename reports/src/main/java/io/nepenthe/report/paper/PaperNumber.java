package io.nepenthe.report.paper;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.statistics.Statistic;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number of the paper and ours.
 *
 * @param measure what it is
 * @param paper as printed; null where the paper has none
 * @param isSuspicious true if the paper's cannot be right or looks like a slip
 * @param ours over seeds; null where the run has none
 * @param isComparable false if the two are of different things, as perplexities of different
 *     vocabularies
 */
public record PaperNumber(
    Measure measure,
    @Nullable Double paper,
    boolean isSuspicious,
    @Nullable Statistic ours,
    boolean isComparable) {
  static PaperNumber of(
      Measure measure,
      PaperColumn column,
      Map<String, String> line,
      @Nullable Statistic ours,
      boolean isComparable) {
    String name = column.name(measure);
    String printed = line.get(name);
    boolean suspicious = List.of(line.getOrDefault("suspicious", "").split(" ", -1)).contains(name);
    return new PaperNumber(
        measure, printed == null ? null : Double.valueOf(printed), suspicious, ours, isComparable);
  }

  /** Returns the paper's number, marked if it is suspicious. */
  Cell paperCell() {
    if (paper == null) {
      return Cell.missing();
    }
    Cell cell = Cell.text(Numbers.decimal(paper, 2));
    return isSuspicious ? cell.marked(List.of(Cell.SUSPICIOUS)) : cell;
  }

  Cell ourCell() {
    return ours == null ? Cell.missing() : Cell.of(measure, ours);
  }

  /**
   * Returns how our mean differs, a time by its ratio; nothing where there is nothing to compare.
   */
  Cell differenceCell() {
    return difference().map(this::printed).map(Cell::text).orElseGet(Cell::missing);
  }

  private String printed(double difference) {
    if (measure != Measure.SECONDS) {
      return Numbers.signed(difference, 2);
    }
    return difference < 0.001
        ? "<0.001×"
        : String.format(Locale.ROOT, difference < 0.1 ? "%.3f×" : "%.2f×", difference);
  }

  /**
   * Returns ours minus the paper's; of times, which are of two machines, ours over the paper's,
   * unless what a method adds to a training was lost in its noise and came out negative.
   */
  public Optional<Double> difference() {
    if (paper == null || isSuspicious || !isComparable) {
      return Optional.empty();
    }
    if (ours == null || !Double.isFinite(ours.mean())) {
      return Optional.empty();
    }
    if (measure == Measure.SECONDS) {
      return ours.mean() > 0 ? Optional.of(ours.mean() / paper) : Optional.empty();
    }
    return Optional.of(ours.mean() - paper);
  }
}
