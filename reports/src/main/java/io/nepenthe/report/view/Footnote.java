package io.nepenthe.report.view;

import io.nepenthe.summary.SummaryRow;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reader must know of one method on one task: of its scores, such as failed trials, or of
 * its times.
 *
 * @param mark number, as printed beside the numbers that it concerns
 * @param task id of the task
 * @param method the row
 * @param about the numbers that it concerns
 * @param sentences plain texts
 */
public record Footnote(
    String mark, String task, MethodView method, About about, List<String> sentences) {
  /** More would bury the table. */
  private static final int REASONS = 5;

  /** The numbers of a row that a note concerns. */
  public enum About {
    SCORES,
    TIMES
  }

  public Footnote {
    sentences = List.copyOf(sentences);
  }

  static List<Footnote> all(ReportModel report) {
    List<Footnote> notes = new ArrayList<>();
    for (MethodView method : report.methods()) {
      for (String task : report.tasks()) {
        Optional<SummaryRow> row = report.row(task, method);
        for (About about : About.values()) {
          List<String> sentences =
              about == About.TIMES
                  ? Sentences.each(row.map(SummaryRow::timeNote).orElse(""))
                  : ofScores(row, report.info().seeds().size());
          if (!sentences.isEmpty()) {
            String mark = Integer.toString(notes.size() + 1);
            notes.add(new Footnote(mark, task, method, about, sentences));
          }
        }
      }
    }
    return List.copyOf(notes);
  }

  private static List<String> ofScores(Optional<SummaryRow> row, int seeds) {
    if (row.isEmpty()) {
      return List.of("No result is stored.");
    }
    List<String> sentences = new ArrayList<>(Sentences.each(row.get().note()));
    List<Long> measured = row.get().seeds();
    if (measured.size() < seeds) {
      sentences.add(
          measured.isEmpty()
              ? "No seed has a result."
              : "The numbers are of " + Sentences.seeds(measured) + " only.");
    }
    if (!row.get().failures().isEmpty()) {
      sentences.add(failed(row.get()));
    }
    return sentences;
  }

  private static String failed(SummaryRow row) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    row.failures().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    List<String> reasons = new ArrayList<>();
    counts.forEach((reason, n) -> reasons.add(n == 1 ? reason : reason + " (" + n + "×)"));
    if (reasons.size() > REASONS) {
      String rest = "and " + Words.count(reasons.size() - REASONS, "other reason");
      reasons.subList(REASONS, reasons.size()).clear();
      reasons.add(rest);
    }
    return Sentences.one(
        "%d of %s %s not valid: %s"
            .formatted(
                row.failures().size(),
                Words.count(row.trials(), "trial"),
                row.failures().size() == 1 ? "was" : "were",
                String.join("; ", reasons)));
  }

  /** Returns the whole note as one plain text. */
  public String text() {
    return method.label() + ", " + task + ": " + String.join(" ", sentences);
  }
}
