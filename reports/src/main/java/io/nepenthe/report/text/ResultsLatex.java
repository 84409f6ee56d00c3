package io.nepenthe.report.text;

import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The main table, and of each task those of times and other measures, in LaTeX. */
public final class ResultsLatex {
  private ResultsLatex() {}

  public static String of(ReportModel report) {
    return LatexTable.PACKAGES
        + LatexTable.of(ResultTables.main(report), report.footnotes())
        + report.tasks().stream()
            .flatMap(
                task ->
                    Stream.of(ResultTables.times(report, task), ResultTables.more(report, task)))
            .map(table -> "\n" + LatexTable.of(table, List.of()))
            .collect(Collectors.joining());
  }
}
