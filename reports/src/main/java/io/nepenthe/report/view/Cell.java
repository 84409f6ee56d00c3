package io.nepenthe.report.view;

import io.nepenthe.statistics.Statistic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A printed cell.
 *
 * @param mean the number with its error, or the text
 * @param range "(min–max)" over seeds, empty if there is none
 * @param marks footnotes that belong to it
 */
public record Cell(String mean, String range, List<String> marks) {
  /** Mark of a time that is not JMH's. */
  public static final String SWEEP = "†";

  /** Mark of a number of the paper that is probably wrong there. */
  public static final String SUSPICIOUS = "‡";

  public Cell {
    marks = List.copyOf(marks);
  }

  public static Cell text(String text) {
    return new Cell(text, "", List.of());
  }

  public static Cell missing() {
    return text(Numbers.MISSING);
  }

  /** Returns "mean (min–max)", all with as many decimals as suit the mean. */
  public static Cell of(Measure measure, Statistic statistic) {
    int decimals = measure.decimals(statistic.mean());
    String mean = Numbers.decimal(statistic.mean(), decimals);
    if (measure == Measure.TUNING || Double.isNaN(statistic.mean())) {
      return text(mean);
    }
    String min = Numbers.decimal(statistic.min(), decimals);
    String max = Numbers.decimal(statistic.max(), decimals);
    return new Cell(mean, "(" + min + "–" + max + ")", List.of());
  }

  /** Returns "mean ± error (min–max)"; without an error, as the other does. */
  public static Cell of(Measure measure, Statistic statistic, @Nullable Double error) {
    Cell cell = of(measure, statistic);
    if (error == null || cell.isMissing()) {
      return cell;
    }
    String printed = Numbers.decimal(error, measure.decimals(statistic.mean()));
    return new Cell(cell.mean + " ± " + printed, cell.range, cell.marks);
  }

  public Cell marked(List<String> more) {
    return more.isEmpty() ? this : new Cell(mean, range, more);
  }

  /** Returns mean and range in one line, without marks. */
  public String plain() {
    return range.isEmpty() ? mean : mean + " " + range;
  }

  public boolean isMissing() {
    return mean.equals(Numbers.MISSING);
  }
}
