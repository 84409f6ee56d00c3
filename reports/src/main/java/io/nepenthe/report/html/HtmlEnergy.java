package io.nepenthe.report.html;

import io.nepenthe.report.text.EnergyFiles;
import io.nepenthe.report.text.EnergyTables;
import io.nepenthe.report.text.TextTable;
import io.nepenthe.report.view.ReportModel;
import java.util.List;
import java.util.stream.Collectors;

/** The section on energy and carbon. */
final class HtmlEnergy {
  private HtmlEnergy() {}

  /** Returns the page's section, empty if what the run used is not known. */
  static String of(ReportModel report) {
    List<TextTable> tables = EnergyTables.of(report);
    return tables.isEmpty()
        ? ""
        : Html.section(
            "energy",
            EnergyFiles.TITLE,
            "<p>"
                + Html.text(EnergyTables.introduction(report))
                + "</p>\n"
                + tables.stream().map(Html::table).collect(Collectors.joining()));
  }
}
