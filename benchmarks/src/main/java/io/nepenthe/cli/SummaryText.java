package io.nepenthe.cli;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.report.finding.Finding;
import io.nepenthe.report.finding.Findings;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The summary as plain text, for a terminal. */
final class SummaryText {
  private SummaryText() {}

  static String of(StoredRun run) {
    StringBuilder text = new StringBuilder();
    int width = run.summary().stream().mapToInt(row -> row.name().length()).max().orElse(0);
    String task = "";
    for (SummaryRow row : run.summary()) {
      if (!row.task().equals(task)) {
        task = row.task();
        text.append(
            String.format(
                "%n%-" + width + "s %22s %22s %18s%n",
                task,
                Metrics.MEMORIZED.name(),
                utility(row).name(),
                "seconds"));
      }
      text.append(
          String.format(
              "%-" + width + "s %22s %22s %18s%n",
              row.name(),
              range(row.of(Metrics.MEMORIZED), 1),
              range(row.of(utility(row)), 1),
              seconds(row)));
      if (!row.note().isEmpty()) {
        text.append("    ").append(row.note()).append(System.lineSeparator());
      }
    }
    if (!run.challenges().isEmpty()) {
      text.append(findings(Findings.of(TaskChallenges.of(ReportModel.of(run)))));
    }
    return text.toString();
  }

  /** What the report opens with, without the numbers behind it. */
  static String findings(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(text.isEmpty() ? String.format("%n%s%n", Section.LASTING.title()) : "")
          .append(String.format("- %s%n", finding.lead()));
    }
    return text.toString();
  }

  private static Metric utility(SummaryRow row) {
    return row.of(Metrics.ACCURACY) == null ? Metrics.PERPLEXITY : Metrics.ACCURACY;
  }

  private static String seconds(SummaryRow row) {
    if (row.seconds() == null) {
      return "-";
    }
    String mean = number(row.seconds().mean(), 3);
    return row.secondsError() == null ? mean : mean + " ± " + number(row.secondsError(), 3);
  }

  private static String range(@Nullable Statistic value, int digits) {
    return value == null
        ? "-"
        : number(value.mean(), digits)
            + " ("
            + number(value.min(), digits)
            + "-"
            + number(value.max(), digits)
            + ")";
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
