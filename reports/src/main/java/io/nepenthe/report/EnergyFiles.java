package io.nepenthe.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Energy and carbon of a run, as part of the page and as files of their own. */
final class EnergyFiles {
  private static final String TITLE = "Energy and carbon";

  private EnergyFiles() {}

  /** Returns energy.csv and energy.md; nothing if what the run used is not known. */
  static Map<String, String> of(Report report) {
    List<TextTable> tables = EnergyTables.of(report);
    Map<String, String> files = new LinkedHashMap<>();
    if (!tables.isEmpty()) {
      files.put("energy.csv", EnergyCsv.of(report));
      files.put("energy.md", markdown(report, tables));
    }
    return files;
  }

  /** Returns the page's section, empty if what the run used is not known. */
  static String section(Report report) {
    List<TextTable> tables = EnergyTables.of(report);
    return tables.isEmpty()
        ? ""
        : Html.section(
            "energy",
            TITLE,
            "<p>"
                + Html.text(EnergyTables.introduction(report))
                + "</p>\n"
                + tables.stream().map(TextTable::html).collect(Collectors.joining()));
  }

  private static String markdown(Report report, List<TextTable> tables) {
    return "# "
        + TITLE
        + "\n\n"
        + Escape.markdown(EnergyTables.introduction(report))
        + "\n\n"
        + tables.stream().map(TextTable::markdown).collect(Collectors.joining());
  }
}
