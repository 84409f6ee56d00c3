package io.nepenthe.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyMeterTest {
  private static final List<String> NO_SMI = List.of("no-such-command");
  private static final long RANGE = 7_200_000_000L; // microjoules: 2 Wh

  @TempDir private Path folder;

  private Path powercap(long microjoules) throws IOException {
    Path domain = Files.createDirectories(folder.resolve("powercap").resolve("intel-rapl:0"));
    Files.writeString(domain.resolve("name"), "package-0");
    Files.writeString(domain.resolve("max_energy_range_uj"), Long.toString(RANGE));
    Files.writeString(domain.resolve("energy_uj"), Long.toString(microjoules));
    return domain.getParent();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("energy-meter"))
        .count();
  }

  @Test
  void measuresNothingWhereNothingCanBeRead() {
    long before = threads();
    try (EnergyMeter meter = EnergyMeter.start(folder.resolve("none"), NO_SMI)) {
      assertEquals(MeasuredEnergy.NONE, meter.read());
      assertTrue(meter.read().isNone());
      assertTrue(threads() <= before); // one of an earlier test may be about to end
    }
  }

  @Test
  void measuresEachSourceByItself() throws IOException {
    FakeSmi smi = new FakeSmi(folder);
    smi.answers("3600000"); // 1 kWh a second: moves at once
    try (EnergyMeter gpus = EnergyMeter.start(folder.resolve("none"), smi.command());
        EnergyMeter packages = EnergyMeter.start(powercap(0), NO_SMI)) {
      powercap(RANGE / 2);
      assertEquals(new MeasuredEnergy(1.0, null), packages.read());
      MeasuredEnergy measured = gpus.read();
      assertNull(measured.raplWattHours());
      assertTrue(measured.nvidiaSmiWattHours() > 0, measured.toString());
    }
  }

  /** Between start and end the counter is back where it was: only polls in between see the wrap. */
  @Test
  void pollsWhileNobodyAsks() throws IOException, InterruptedException {
    try (EnergyMeter meter = EnergyMeter.start(powercap(RANGE / 2), NO_SMI)) {
      powercap(RANGE / 4);
      Thread.sleep(2500);
      powercap(RANGE / 2);
      assertEquals(2.0, meter.read().raplWattHours(), 1e-9);
    }
  }
}
