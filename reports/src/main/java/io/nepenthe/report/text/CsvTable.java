package io.nepenthe.report.text;

import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All statistics for other programs: one line per task and method, every digit, an empty field for
 * a missing value. Lines end as RFC 4180 wants.
 */
public final class CsvTable {
  private static final List<Measure> RANGED =
      List.of(
          Measure.MEMORIZED,
          Measure.ACCURACY,
          Measure.PREDICTABLE_ACCURACY,
          Measure.PERPLEXITY,
          Measure.REFERENCE_PERPLEXITY,
          Measure.SECONDS,
          Measure.LOCALIZE,
          Measure.EDIT,
          Measure.SWEEP);

  private CsvTable() {}

  public static String of(ReportModel report) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header());
    for (String task : report.tasks()) {
      for (MethodView method : report.methods()) {
        lines.add(line(task, method, report.row(task, method)));
      }
    }
    return lines.stream()
        .map(line -> String.join(",", line) + "\r\n")
        .collect(Collectors.joining());
  }

  private static List<String> header() {
    List<String> header = new ArrayList<>(List.of("task", "method", "name", "family", "seeds"));
    for (Measure measure : RANGED) {
      for (String part : List.of("Mean", "Min", "Max")) {
        header.add(measure.id() + part);
      }
    }
    header.addAll(
        List.of(
            "memorizedPercentByCopies",
            "secondsSource",
            "secondsError",
            "tuningSecondsMean",
            "trials",
            "settings",
            "failures",
            "note"));
    return header;
  }

  private static List<String> line(String task, MethodView method, Optional<SummaryRow> found) {
    List<String> line = new ArrayList<>();
    line.add(Escape.csv(task));
    line.add(Escape.csv(method.id()));
    line.add(Escape.csv(method.label()));
    if (found.isEmpty()) {
      line.addAll(Collections.nCopies(header().size() - 4, ""));
      line.add("no result is stored.");
      return line;
    }
    SummaryRow row = found.get();
    line.add(method.isOriginal() ? SummaryRow.ORIGINAL : row.family().id());
    line.add(row.seeds().stream().map(Object::toString).collect(Collectors.joining(" ")));
    RANGED.forEach(measure -> line.addAll(numbers(measure.of(row))));
    line.add(Escape.csv(byCopies(row)));
    line.add(
        row.seconds() == null || row.secondsSource() == null
            ? ""
            : Escape.csv(row.secondsSource().toLowerCase(Locale.ROOT)));
    line.add(row.secondsError() == null ? "" : Numbers.exact(row.secondsError()));
    line.add(Measure.TUNING.of(row).map(tuning -> Numbers.exact(tuning.mean())).orElse(""));
    line.add(Integer.toString(row.trials()));
    line.add(Escape.csv(settings(row)));
    line.add(Escape.csv(String.join(" | ", row.failures())));
    line.add(Escape.csv(row.note()));
    return line;
  }

  private static List<String> numbers(Optional<Statistic> statistic) {
    return statistic
        .map(
            each ->
                List.of(
                    Numbers.exact(each.mean()),
                    Numbers.exact(each.min()),
                    Numbers.exact(each.max())))
        .orElse(List.of("", "", ""));
  }

  private static String byCopies(SummaryRow row) {
    return row.memorizedByCopies().entrySet().stream()
        .map(each -> each.getKey() + ": " + Numbers.exact(each.getValue().mean()))
        .collect(Collectors.joining(" | "));
  }

  private static String settings(SummaryRow row) {
    return new TreeMap<>(row.winners())
        .entrySet().stream()
            .map(
                e -> "seed " + e.getKey() + ": " + Numbers.settings(e.getValue().hyperparameters()))
            .collect(Collectors.joining(" | "));
  }
}
