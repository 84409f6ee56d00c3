package io.nepenthe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.energy.EnergyAccount;
import io.nepenthe.energy.EnergyEstimate;
import io.nepenthe.energy.EnergyInvocation;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.energy.MachineProfile;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.report.paper.PaperEnergy;
import io.nepenthe.report.text.EnergyTables;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.summary.StoredRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EnergyFilesTest {
  /** 100 W: (0.5 * 100 + 0) * 2. */
  private static final MachineProfile MACHINE =
      new MachineProfile("desk", "For tests.", 0.5, 100.0, null, null, null, 0.0, 2.0, 500.0);

  private static StoredRun run(
      List<MachineProfile> machines, @Nullable Double rapl, @Nullable Double smi) {
    StoredRun run = RunFixture.run();
    EnergyInvocation call =
        new EnergyInvocation(
            "2025-01-01T00:00:00Z",
            7200,
            new MeasuredEnergy(rapl, smi),
            run.info().provenance().machine());
    return run.withEnergy(new EnergyAccount(EnergyUse.NONE.plus(call), machines));
  }

  private static String markdown(StoredRun run) {
    return ReportFiles.of(run).get("energy.md");
  }

  @Test
  void estimatesStandBesideThePapersTable5() {
    String text = markdown(run(List.of(MACHINE), null, null));
    assertTrue(
        text.contains("| This run, desk | estimated | 2.0000 | 200.00 Wh | 100.00 g |"), text);
    assertTrue(
        text.contains("| The paper, Polaris | estimated | 6251 | 12,871 kWh | 5,097 kg |"), text);
    assertTrue(
        text.contains("| The paper, Perlmutter | estimated | 726 | 1,647 kWh | 430 kg |"), text);
    assertTrue(text.contains("Nothing could be measured"), text);
  }

  @Test
  void constantsStandBesideThePapersTable4() {
    String text = markdown(run(List.of(MACHINE), null, null));
    assertTrue(
        text.contains("| This run, desk | 0.5 | 100 | 0 | — | — | 0 | 2 | 100.0 | 500 |"), text);
    assertTrue(
        text.contains(
            "| The paper, Polaris | 0.5 | 225 | 4 | 1 | 250 | 512 | 1.58 | 2059.1 | 396 |"),
        text);
    assertTrue(
        text.contains(
            "| The paper, Perlmutter | 0.5 | 280 | 4 | 1 | 300 | 256 | 1.58 | 2267.9 | 261 |"),
        text);
  }

  @Test
  void thePapersTable5FollowsFromItsTable4() {
    Map<String, MachineProfile> machines = new java.util.HashMap<>();
    PaperEnergy.machines().forEach(each -> machines.put(each.name(), each));
    for (EnergyEstimate printed : PaperEnergy.estimates()) {
      EnergyEstimate computed =
          EnergyEstimate.of(
              java.util.Objects.requireNonNull(machines.get(printed.profile())),
              printed.nodeHours());
      assertEquals(computed.energyWattHours(), printed.energyWattHours(), 1000); // cut or rounded
      assertEquals(computed.carbonGrams(), printed.carbonGrams(), 500);
    }
    assertEquals(3, PaperEnergy.estimates().size());
  }

  @Test
  void phasesHaveTheirPart() {
    String text = markdown(run(List.of(MACHINE), null, null));
    assertTrue(text.contains("| Training | 6 min 52 s | 11.44 Wh | 5.72 g | desk |"), text);
    assertFalse(text.contains("| Total |"), text);
  }

  @Test
  void cellsInDifferentUnitsSortByWhatTheyMean() {
    List<Table> tables = EnergyTables.of(ReportModel.of(run(List.of(MACHINE), 12.5, 2500.0)));
    List<Table.Row> totals = tables.get(0).rows();
    assertEquals(List.of(200.0, 12.5, 2500.0), values(totals.subList(0, 3), 2));
    assertEquals(
        List.of(5_097_000.0),
        totals.stream()
            .map(row -> row.cells().get(3))
            .filter(cell -> cell.text().equals("5,097 kg"))
            .map(Cell::value)
            .toList());
    assertEquals(List.of(412.0, 95.5, 21.25, 64.0), values(tables.get(1).rows(), 0));
  }

  private static List<Double> values(List<Table.Row> rows, int column) {
    return rows.stream().map(row -> row.cells().get(column).value()).toList();
  }

  @Test
  void saysWhatWasMeasured() {
    String text = markdown(run(List.of(MACHINE), 12.5, 2500.0));
    assertTrue(
        text.contains("| This run, CPU packages (RAPL) | measured | 2.0000 | 12.50 Wh | — |"),
        text);
    assertTrue(
        text.contains("| This run, GPUs (nvidia-smi) | measured | 2.0000 | 2.50 kWh | — |"), text);
    assertTrue(text.contains("in 2 h 00 min of it"), text);
  }

  @Test
  void aMachineWithoutAProfileIsNotEstimated() {
    String text = markdown(run(List.of(), null, null));
    assertTrue(text.contains("| This run | time only | 2.0000 | — | — |"), text);
    assertFalse(text.contains("Estimate by phase"), text);
    assertTrue(text.contains("--profile"), text);
  }

  @Test
  void theSameContentIsInThePageAndAsCsv() {
    Map<String, String> files = ReportFiles.of(run(List.of(MACHINE), 12.5, null));
    String page = files.get("index.html");
    assertTrue(page.contains("<h2>Energy and carbon</h2>"));
    assertTrue(page.contains("<td class=\"n\" data-value=\"1.2871E7\">12,871 kWh</td>"));
    assertEquals(
        List.of(
            "whose,machine,source,nodeHours,wattsPerNode,energyWattHours,carbonGrams",
            "run,desk,estimated,2,100,200,100",
            "run,,rapl,2,,12.5,"),
        files.get("energy.csv").lines().limit(3).toList());
    assertTrue(files.get("energy.csv").contains("paper,Polaris,estimated,1116,2059.08"));
  }

  @Test
  void nothingIsSaidWhereNothingIsKnown() {
    Map<String, String> files = ReportFiles.of(RunFixture.run());
    assertFalse(files.containsKey("energy.md") || files.containsKey("energy.csv"));
    assertFalse(files.get("index.html").contains("Energy and carbon"));
  }
}
