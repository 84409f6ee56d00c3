package io.nepenthe.report.text;

import io.nepenthe.energy.EnergyAccount;
import io.nepenthe.energy.EnergyEstimate;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.report.paper.PaperEnergy;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Energy and carbon of a run and of the paper for other programs, every digit. */
final class EnergyCsv {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("whose"),
          Column.text("machine"),
          Column.text("source"),
          Column.number("nodeHours"),
          Column.number("wattsPerNode"),
          Column.number("energyWattHours"),
          Column.number("carbonGrams"));

  private EnergyCsv() {}

  static String of(ReportModel report) {
    EnergyAccount account = report.run().energy();
    List<Row> rows = new ArrayList<>();
    account.estimates().forEach(each -> rows.add(row("run", each)));
    MeasuredEnergy measured = account.use().measured();
    double hours = account.use().measuredHours();
    addMeasured(rows, "rapl", hours, measured.raplWattHours());
    addMeasured(rows, "nvidia-smi", hours, measured.nvidiaSmiWattHours());
    PaperEnergy.estimates().forEach(each -> rows.add(row("paper", each)));
    return CsvTable.of(Table.of("", Table.Order.FIXED, COLUMNS, rows));
  }

  private static Row row(String whose, EnergyEstimate estimate) {
    return Row.ofTexts(
        List.of(
            whose,
            estimate.profile(),
            "estimated",
            Numbers.exact(estimate.nodeHours()),
            Numbers.exact(estimate.wattsPerNode()),
            Numbers.exact(estimate.energyWattHours()),
            Numbers.exact(estimate.carbonGrams())));
  }

  private static void addMeasured(
      List<Row> rows, String source, double hours, @Nullable Double wattHours) {
    if (wattHours != null) {
      String energy = Numbers.exact(wattHours);
      rows.add(Row.ofTexts(List.of("run", "", source, Numbers.exact(hours), "", energy, "")));
    }
  }
}
