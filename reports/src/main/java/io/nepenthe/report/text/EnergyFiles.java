package io.nepenthe.report.text;

import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Energy and carbon of a run, as files of their own. */
public final class EnergyFiles {
  private EnergyFiles() {}

  /** Returns energy.csv and energy.md; nothing if what the run used is not known. */
  public static Map<String, String> of(ReportModel report) {
    List<Table> tables = EnergyTables.of(report);
    Map<String, String> files = new LinkedHashMap<>();
    if (!tables.isEmpty()) {
      files.put("energy.csv", EnergyCsv.of(report));
      files.put("energy.md", markdown(report, tables));
    }
    return files;
  }

  private static String markdown(ReportModel report, List<Table> tables) {
    return "# "
        + Section.ENERGY.title()
        + "\n\n"
        + Escape.markdown(EnergyTables.introduction(report))
        + "\n\n"
        + tables.stream().map(MarkdownTable::captioned).collect(Collectors.joining());
  }
}
