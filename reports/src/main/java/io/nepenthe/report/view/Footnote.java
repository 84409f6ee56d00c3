package io.nepenthe.report.view;

import io.nepenthe.summary.SummaryRow;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a reader must know of one method on one task: its note and its failed trials.
 *
 * @param mark number, as printed beside the cell
 * @param task id of the task
 * @param method the row
 * @param lines plain texts
 */
public record Footnote(String mark, String task, MethodView method, List<String> lines) {
  /** More would bury the table. */
  private static final int REASONS = 5;

  public Footnote {
    lines = List.copyOf(lines);
  }

  static List<Footnote> all(ReportModel report) {
    List<Footnote> notes = new ArrayList<>();
    for (MethodView method : report.methods()) {
      for (String task : report.tasks()) {
        List<String> lines = lines(report.row(task, method), report.info().seeds().size());
        if (!lines.isEmpty()) {
          notes.add(new Footnote(Integer.toString(notes.size() + 1), task, method, lines));
        }
      }
    }
    return List.copyOf(notes);
  }

  private static List<String> lines(Optional<SummaryRow> row, int seeds) {
    if (row.isEmpty()) {
      return List.of("no result is stored.");
    }
    List<String> lines = new ArrayList<>();
    if (!row.get().note().isBlank()) {
      lines.add(row.get().note());
    }
    List<Long> measured = row.get().seeds();
    if (measured.size() < seeds) {
      String which = measured.stream().map(Object::toString).collect(Collectors.joining(", "));
      lines.add(measured.isEmpty() ? "No seed has a result." : "Only of seeds " + which + ".");
    }
    int failed = row.get().failures().size();
    if (failed > 0) {
      lines.add(failed + " of " + Words.count(row.get().trials(), "trial") + " not valid:");
    }
    Map<String, Integer> reasons = new LinkedHashMap<>();
    row.get().failures().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    reasons.entrySet().stream()
        .limit(REASONS)
        .forEach(
            entry ->
                lines.add(
                    entry.getValue() == 1
                        ? entry.getKey()
                        : entry.getKey() + " (" + entry.getValue() + "×)"));
    if (reasons.size() > REASONS) {
      lines.add("... and " + Words.count(reasons.size() - REASONS, "other reason") + ".");
    }
    return lines;
  }

  /** Returns the whole note as one plain text. */
  public String text() {
    return method.label() + ", " + task + ": " + String.join(" ", lines);
  }
}
