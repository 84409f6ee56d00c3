package io.nepenthe.report.text;

import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import java.util.List;
import java.util.stream.Collectors;

/** The main table and those of times in LaTeX. */
public final class ResultsLatex {
  private ResultsLatex() {}

  public static String of(ReportModel report) {
    return LatexTable.PACKAGES
        + LatexTable.of(ResultTables.main(report), report.footnotes())
        + report.tasks().stream()
            .map(task -> "\n" + LatexTable.of(ResultTables.times(report, task), List.of()))
            .collect(Collectors.joining());
  }
}
