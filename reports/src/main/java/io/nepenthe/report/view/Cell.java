package io.nepenthe.report.view;

import io.nepenthe.statistics.Statistic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A printed cell.
 *
 * @param text the number with its error, or the text
 * @param range "(min–max)" over seeds or an interval; empty if there is none
 * @param marks footnotes or words that belong to it
 * @param value by which the reader sorts; null if it is the text's
 * @param style of the text
 * @param link where the text leads; empty if nowhere
 * @param whole of which the text is a part; empty if it says everything
 */
public record Cell(
    String text,
    String range,
    List<String> marks,
    @Nullable Double value,
    Style style,
    String link,
    String whole) {
  /** Mark of a time that is not JMH's. */
  public static final String SWEEP = "†";

  /** Mark of a number of the paper that is probably wrong there. */
  public static final String SUSPICIOUS = "‡";

  /** Mark of a model that lost its utility with what it forgot. */
  public static final String DESTROYED = "§";

  /** Mark of a model that knows less of the artifacts than one that never saw them. */
  public static final String OVER_UNLEARNED = "¶";

  /** How a text is set. */
  public enum Style {
    PLAIN,
    /** An id, hash or version. */
    CODE,
    /** Sentences, whose lines break. */
    PROSE,
    /** Hyper-parameters: a line breaks between two of them, not within one. */
    SETTINGS
  }

  /** Copies the list. */
  public Cell {
    marks = List.copyOf(marks);
  }

  public static Cell text(String text) {
    return styled(text, Style.PLAIN);
  }

  public static Cell code(String text) {
    return styled(text, Style.CODE);
  }

  public static Cell prose(String text) {
    return styled(text, Style.PROSE);
  }

  private static Cell styled(String text, Style style) {
    return new Cell(text, "", List.of(), null, style, "", "");
  }

  public static Cell missing() {
    return text(Numbers.MISSING);
  }

  public static Cell number(long number) {
    return text(Long.toString(number));
  }

  /** Returns "mean (min–max)", all with as many decimals as suit the mean. */
  public static Cell of(Measure measure, Statistic statistic) {
    int decimals = measure.decimals(statistic.mean());
    String mean = Numbers.decimal(statistic.mean(), decimals);
    if (Double.isNaN(statistic.mean())) {
      return text(mean);
    }
    Cell cell = text(mean).sortedBy(statistic.mean());
    if (measure == Measure.TUNING) {
      return cell;
    }
    return cell.ranged("(" + Numbers.range(statistic.min(), statistic.max(), decimals) + ")");
  }

  /** Returns "mean ± error (min–max)"; without an error, as the other does. */
  public static Cell of(Measure measure, Statistic statistic, @Nullable Double error) {
    Cell cell = of(measure, statistic);
    if (error == null || cell.isEmpty()) {
      return cell;
    }
    String printed = Numbers.decimal(error, measure.decimals(statistic.mean()));
    return new Cell(
        cell.text + " ± " + printed, cell.range, cell.marks, cell.value, cell.style, "", "");
  }

  /** Returns a cell of hyper-parameters. */
  public static Cell settings(Map<String, Number> hyperparameters) {
    return styled(Numbers.settings(hyperparameters), Style.SETTINGS);
  }

  public Cell ranged(String range) {
    return new Cell(text, range, marks, value, style, link, whole);
  }

  public Cell marked(List<String> marks) {
    return new Cell(text, range, marks, value, style, link, whole);
  }

  public Cell sortedBy(double value) {
    return new Cell(text, range, marks, value, style, link, whole);
  }

  /** Returns the cell with a link, unless there is nothing to tell more about. */
  public Cell linked(String link) {
    return isEmpty() ? this : new Cell(text, range, marks, value, style, link, whole);
  }

  /** Returns the cell as part of a longer text. */
  public Cell shortened(String whole) {
    return new Cell(text, range, marks, value, style, link, whole);
  }

  /** Returns text and range in one line, without marks. */
  public String plain() {
    return range.isEmpty() ? text : text + " " + range;
  }

  /** Returns true if it holds no value. */
  public boolean isEmpty() {
    return text.isEmpty() || text.equals(Numbers.MISSING);
  }
}
