package io.nepenthe.report.text;

import io.nepenthe.report.view.Note;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import io.nepenthe.report.view.Table;
import java.util.Optional;

/** The main tables, and of each task those of times and other measures, in LaTeX. */
public final class ResultsLatex {
  private ResultsLatex() {}

  public static String of(ReportModel report) {
    StringBuilder tex = new StringBuilder(LatexTable.PACKAGES);
    Optional<Table> last = ResultTables.last(report);
    last.ifPresent(table -> add(tex, report, table, "models"));
    tex.append(last.isPresent() ? "\n" : "");
    add(tex, report, ResultTables.main(report), "results");
    for (String task : report.tasks()) {
      tex.append('\n');
      add(tex, report, ResultTables.times(report, task), "times-" + report.slug(task));
      tex.append('\n');
      add(tex, report, ResultTables.more(report, task), "measures-" + report.slug(task));
    }
    return tex.toString();
  }

  private static void add(StringBuilder tex, ReportModel report, Table table, String label) {
    tex.append(LatexTable.of(table, label, part -> Note.of(report, part)));
  }
}
