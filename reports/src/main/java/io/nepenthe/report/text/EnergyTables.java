package io.nepenthe.report.text;

import io.nepenthe.energy.EnergyAccount;
import io.nepenthe.energy.EnergyEstimate;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.energy.MachineProfile;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.report.paper.PaperEnergy;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.Phases;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run took of energy and carbon, laid out as the paper's Tables 4 and 5 (section A.6). */
public final class EnergyTables {
  private final ReportModel report;
  private final EnergyAccount account;

  private EnergyTables(ReportModel report) {
    this.report = report;
    this.account = report.run().energy();
  }

  /** Returns the tables; none if what the run used is not known. */
  public static List<Table> of(ReportModel report) {
    EnergyTables tables = new EnergyTables(report);
    if (tables.account.isNone()) {
      return List.of();
    }
    List<Table> all = new ArrayList<>(List.of(tables.totals()));
    if (!tables.account.machines().isEmpty()) {
      all.add(tables.phases());
    }
    all.add(tables.constants());
    return all;
  }

  /** Returns what a reader must know of the tables. */
  public static String introduction(ReportModel report) {
    EnergyAccount account = report.run().energy();
    EnergyUse use = account.use();
    String measured =
        use.measured().isNone()
            ? "Nothing could be measured: neither RAPL nor nvidia-smi could be read. "
            : "Measured is what the machine’s counters showed, whoever used it, in "
                + Numbers.duration(use.measuredSeconds())
                + " of it. ";
    String estimated =
        account.machines().isEmpty()
            ? "No profile stands for a machine with a GPU: ‘nepenthe energy --profile’ estimates."
            : "Estimated is by the paper’s equations 4 and 5, from node hours and the constants"
                + " below, which are assumed.";
    return "The run took "
        + Numbers.duration(use.wallSeconds())
        + " in "
        + Words.count(use.invocations().size(), "call")
        + " of the command, on one node at a time. "
        + measured
        + estimated;
  }

  private Table totals() {
    List<Row> rows = new ArrayList<>();
    account.estimates().forEach(each -> rows.add(row("This run, " + each.profile(), each)));
    MeasuredEnergy measured = account.use().measured();
    addMeasured(rows, "This run, CPU packages (RAPL)", measured.raplWattHours());
    addMeasured(rows, "This run, GPUs (nvidia-smi)", measured.nvidiaSmiWattHours());
    if (rows.isEmpty()) {
      rows.add(
          Row.ofTexts(
              List.of("This run", "time only", hours(account.use().nodeHours()), "—", "—")));
    }
    PaperEnergy.estimates().forEach(each -> rows.add(row("The paper, " + each.profile(), each)));
    return Table.of(
        "Energy and carbon of the run, beside the paper’s Table 5",
        Order.SORTABLE,
        List.of(
            Column.text("Machine"),
            Column.text("How known"),
            Column.number("Node hours"),
            Column.number("Energy"),
            Column.number("Carbon (CO2e)")),
        rows);
  }

  private static Row row(String machine, EnergyEstimate estimate) {
    return Row.of(
        Cell.text(machine),
        List.of(
            Cell.text("estimated"),
            Cell.text(hours(estimate.nodeHours())),
            energy(estimate.energyWattHours()),
            carbon(estimate.carbonGrams())));
  }

  private void addMeasured(List<Row> rows, String what, @Nullable Double wattHours) {
    if (wattHours != null) {
      rows.add(
          Row.of(
              Cell.text(what),
              List.of(
                  Cell.text("measured"),
                  Cell.text(hours(account.use().measuredHours())),
                  energy(wattHours),
                  Cell.missing())));
    }
  }

  private Table phases() {
    Map<String, Double> seconds = report.info().secondsByPhase();
    List<Row> rows = new ArrayList<>();
    for (MachineProfile machine : account.machines()) {
      for (String phase : Phases.PARTS) {
        double wall = seconds.getOrDefault(phase, 0.0);
        if (wall > 0) {
          EnergyEstimate estimate = EnergyEstimate.of(machine, EnergyUse.hours(wall));
          rows.add(
              Row.of(
                  Cell.text(Phases.words(phase)),
                  List.of(
                      Cell.text(Numbers.duration(wall)).sortedBy(wall),
                      energy(estimate.energyWattHours()),
                      carbon(estimate.carbonGrams()),
                      Cell.text(machine.name()))));
        }
      }
    }
    return Table.of(
        "Estimate by phase, of the last call of the command; phases that run at the same time both count",
        Order.SORTABLE,
        List.of(
            Column.text("Phase"),
            Column.number("Wall time"),
            Column.number("Energy"),
            Column.number("Carbon (CO2e)"),
            Column.text("Machine")),
        rows);
  }

  private Table constants() {
    List<Row> rows = new ArrayList<>();
    account.machines().forEach(machine -> rows.add(constants("This run, ", machine)));
    PaperEnergy.machines().forEach(machine -> rows.add(constants("The paper, ", machine)));
    return Table.of(
        "Constants of the estimate, beside the paper’s Table 4; its carbon intensities are derived"
            + " from its Table 5",
        Order.SORTABLE,
        List.of(
            Column.text("Machine"),
            Column.number("CPU usage"),
            Column.number("CPU TDP (W)"),
            Column.number("GPUs"),
            Column.number("GPU usage"),
            Column.number("GPU TDP (W)"),
            Column.number("Memory (GB)"),
            Column.number("PUE"),
            Column.number("Node (W)"),
            Column.number("Carbon (g/kWh)")),
        rows);
  }

  private static Row constants(String whose, MachineProfile machine) {
    boolean hasGpus = machine.gpus() != null && machine.gpus() > 0;
    return Row.ofTexts(
        List.of(
            whose + machine.name(),
            Numbers.exact(machine.cpuUsage()),
            Numbers.exact(machine.cpuWatts()),
            Integer.toString(hasGpus ? machine.gpus() : 0),
            hasGpus ? Numbers.exact(machine.gpuUsage()) : Numbers.MISSING,
            hasGpus ? Numbers.exact(machine.gpuWatts()) : Numbers.MISSING,
            Numbers.exact(machine.memoryGigabytes()),
            Numbers.exact(machine.powerUsageEffectiveness()),
            Numbers.decimal(machine.wattsPerNode(), 1),
            Numbers.exact(machine.carbonGramsPerKilowattHour())));
  }

  private static String hours(double hours) {
    return String.format(Locale.ROOT, hours < 10 ? "%.4f" : "%.0f", hours);
  }

  private static Cell energy(double wattHours) {
    return quantity(wattHours, "Wh");
  }

  private static Cell carbon(double grams) {
    return quantity(grams, "g");
  }

  /** Returns a quantity in its unit, or in thousands of it; sorted by the quantity itself. */
  private static Cell quantity(double value, String unit) {
    String text =
        value < 1000
            ? String.format(Locale.ROOT, "%.2f %s", value, unit)
            : String.format(
                Locale.ROOT, value < 1e5 ? "%.2f k%s" : "%,.0f k%s", value / 1000, unit);
    return Cell.text(text).sortedBy(value);
  }
}
