package io.nepenthe.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaplEnergyTest {
  private static final long RANGE = 10_000_000_000L;
  private static final long WATT_HOUR = 3_600_000_000L; // in microjoules

  @TempDir private Path powercap;

  private void domain(String folder, String name, long microjoules) throws IOException {
    Path domain = Files.createDirectories(powercap.resolve(folder));
    Files.writeString(domain.resolve("name"), name + "\n");
    Files.writeString(domain.resolve("max_energy_range_uj"), RANGE + "\n");
    counts(folder, microjoules);
  }

  private void counts(String folder, long microjoules) throws IOException {
    Files.writeString(powercap.resolve(folder).resolve("energy_uj"), microjoules + "\n");
  }

  private RaplEnergy found() {
    return RaplEnergy.find(powercap).orElseThrow();
  }

  @Test
  void countsFromTheStart() throws IOException {
    domain("intel-rapl:0", "package-0", 5 * 1_000_000L);
    RaplEnergy energy = found();
    assertEquals(0.0, energy.wattHours());
    counts("intel-rapl:0", 5 * 1_000_000L + WATT_HOUR / 2);
    energy.poll();
    energy.poll(); // nothing more
    assertEquals(0.5, energy.wattHours(), 1e-12);
  }

  @Test
  void goesOnBehindTheCountersRange() throws IOException {
    domain("intel-rapl:0", "package-0", RANGE - WATT_HOUR);
    RaplEnergy energy = found();
    for (int round = 0; round < 3; round++) {
      counts("intel-rapl:0", WATT_HOUR);
      energy.poll();
      counts("intel-rapl:0", RANGE - WATT_HOUR);
      energy.poll();
    }
    double whole = 3.0 * RANGE / WATT_HOUR;
    assertEquals(whole, energy.wattHours(), 1e-9);
  }

  @Test
  void addsUpPackagesAndNothingElse() throws IOException {
    String[] domains = {
      "intel-rapl:0", "intel-rapl:1", "intel-rapl:2", "intel-rapl:0:0", "intel-rapl-mmio:0", "dtpm"
    };
    String[] names = {"package-0", "package-1", "psys", "dram", "package-0", "package-9"};
    for (int i = 0; i < domains.length; i++) {
      domain(domains[i], names[i], 0);
    }
    RaplEnergy energy = found();
    for (String each : domains) {
      counts(each, WATT_HOUR);
    }
    energy.poll();
    assertEquals(2.0, energy.wattHours());
  }

  @Test
  void isNotThereWithoutAPackageOrAReadableCounter() throws IOException {
    assertEquals(Optional.empty(), RaplEnergy.find(powercap.resolve("none")));
    assertEquals(Optional.empty(), RaplEnergy.find(powercap));
    domain("intel-rapl:0", "psys", 0);
    assertEquals(Optional.empty(), RaplEnergy.find(powercap));
    domain("intel-rapl:1", "package-0", 0);
    assertTrue(RaplEnergy.find(powercap).isPresent());
    domain("intel-rapl:2", "package-1", 0);
    Files.delete(powercap.resolve("intel-rapl:2").resolve("energy_uj"));
    assertEquals(Optional.empty(), RaplEnergy.find(powercap));
  }

  @Test
  void aCounterThatGoesAwayLeavesNoSum() throws IOException {
    domain("intel-rapl:0", "package-0", 0);
    RaplEnergy energy = found();
    counts("intel-rapl:0", WATT_HOUR);
    energy.poll();
    Files.delete(powercap.resolve("intel-rapl:0").resolve("energy_uj"));
    energy.poll();
    assertNull(energy.wattHours());
    counts("intel-rapl:0", 2 * WATT_HOUR);
    energy.poll();
    assertNull(energy.wattHours());
  }
}
