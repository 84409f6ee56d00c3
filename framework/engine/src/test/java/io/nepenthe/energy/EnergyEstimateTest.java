package io.nepenthe.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paper's Tables 4 and 5. */
class EnergyEstimateTest {
  private static final MachineProfile POLARIS = machine("polaris", 225, 250, 512, 396);
  private static final MachineProfile PERLMUTTER = machine("perlmutter", 280, 300, 256, 261);

  private static MachineProfile machine(
      String name, double cpuWatts, double gpuWatts, double memoryGigabytes, double carbon) {
    return new MachineProfile(
        name, "Table 4", 0.5, cpuWatts, 4, 1.0, gpuWatts, memoryGigabytes, 1.58, carbon);
  }

  @Test
  void aNodeDrawsWhatTable4ComesTo() {
    assertEquals(2059.1, POLARIS.wattsPerNode(), 0.05);
    assertEquals(2267.9, PERLMUTTER.wattsPerNode(), 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "polaris, 1116, 2297.94, 910.0",
    "polaris, 6251, 12871.36, 5097.1",
    "perlmutter, 726, 1646.47, 429.7"
  })
  void nodeHoursGiveTable5(
      String machine, double nodeHours, double kilowattHours, double carbonKilograms) {
    EnergyEstimate estimate =
        EnergyEstimate.of("polaris".equals(machine) ? POLARIS : PERLMUTTER, nodeHours);
    assertEquals(machine, estimate.profile());
    assertEquals(kilowattHours, estimate.energyWattHours() / 1000, 0.005);
    assertEquals(carbonKilograms, estimate.carbonGrams() / 1000, 0.05);
  }

  /** The paper adds up what it has cut to whole kWh and rounded to whole kg. */
  @Test
  void sumsGiveTheTotalsOfTable5() {
    double kilowattHours = 0;
    double carbonKilograms = 0;
    for (EnergyEstimate estimate :
        new EnergyEstimate[] {
          EnergyEstimate.of(POLARIS, 1116),
          EnergyEstimate.of(POLARIS, 6251),
          EnergyEstimate.of(PERLMUTTER, 726)
        }) {
      kilowattHours += estimate.energyWattHours() / 1000;
      carbonKilograms += estimate.carbonGrams() / 1000;
    }
    assertEquals(16815, kilowattHours, 1);
    assertEquals(6437, carbonKilograms, 0.5);
  }

  @Test
  void aMachineWithoutGpusNeedsNoWordOfThem() {
    MachineProfile bare =
        new MachineProfile("bare", "No GPU.", 1.0, 10.0, null, null, null, 100.0, 1.0, 500.0);
    assertEquals(10 + 37.25, bare.wattsPerNode(), 1e-12);
    assertEquals(47.25 / 1000 * 500, EnergyEstimate.of(bare, 1).carbonGrams(), 1e-12);
  }

  @Test
  void aShareIsThatPartOfEverything() {
    EnergyEstimate whole = EnergyEstimate.of(POLARIS, 8);
    EnergyEstimate quarter = whole.share(0.25);
    assertEquals(2, quarter.nodeHours());
    assertEquals(whole.energyWattHours() / 4, quarter.energyWattHours());
    assertEquals(whole.carbonGrams() / 4, quarter.carbonGrams());
    assertEquals(whole.wattsPerNode(), quarter.wattsPerNode());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesHoursThatAreNoHours(double nodeHours) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EnergyEstimate.of(POLARIS, nodeHours));
    assertTrue(e.getMessage().startsWith("nodeHours is " + nodeHours), e.getMessage());
  }
}
