package io.nepenthe.report.text;

import io.nepenthe.report.finding.Finding;
import io.nepenthe.report.finding.Findings;
import io.nepenthe.report.lasting.ChallengeTables;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.Note;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What challenges left of a run's forgetting, as files of their own. */
public final class ChallengeFiles {
  private ChallengeFiles() {}

  /** Returns challenges.csv, challenges.md and challenges.tex; nothing without challenges. */
  public static Map<String, String> of(ReportModel report) {
    List<TaskChallenges> tasks = TaskChallenges.of(report);
    Map<String, String> files = new LinkedHashMap<>();
    if (!tasks.isEmpty()) {
      files.put("challenges.csv", ChallengesCsv.of(tasks));
      files.put("challenges.md", markdown(report, tasks));
      files.put("challenges.tex", latex(report, tasks));
    }
    return files;
  }

  private static String markdown(ReportModel report, List<TaskChallenges> tasks) {
    StringBuilder text = new StringBuilder("# " + Section.LASTING.title() + "\n\n");
    for (Finding finding : Findings.of(tasks)) {
      text.append("1. ").append(Escape.markdown(finding.words())).append('\n');
    }
    text.append('\n');
    for (TaskChallenges task : tasks) {
      text.append("## ").append(Escape.markdown(task.task())).append("\n\n");
      for (Table table : ChallengeTables.of(task)) {
        text.append(MarkdownTable.captioned(table))
            .append(MarkdownTable.notes(Note.of(report, table)));
      }
      String same = ChallengeTables.sameRanks(task);
      text.append(same.isEmpty() ? "" : Escape.markdown(same) + "\n\n");
    }
    return text.toString();
  }

  private static String latex(ReportModel report, List<TaskChallenges> tasks) {
    List<String> tables = new ArrayList<>();
    for (TaskChallenges task : tasks) {
      int number = 1;
      for (Table table : ChallengeTables.of(task)) {
        String label = "challenges-" + report.slug(task.task()) + "-" + number++;
        tables.add(LatexTable.of(table, label, part -> Note.of(report, part)));
      }
    }
    return LatexTable.PACKAGES + String.join("\n", tables);
  }
}
