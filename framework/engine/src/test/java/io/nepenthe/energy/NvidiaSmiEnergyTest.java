package io.nepenthe.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NvidiaSmiEnergyTest {
  @TempDir private Path folder;
  private long nanos = 1;

  private Optional<NvidiaSmiEnergy> find(String firstAnswer) throws IOException {
    FakeSmi smi = new FakeSmi(folder);
    smi.answers(firstAnswer);
    return NvidiaSmiEnergy.find(smi.command(), () -> nanos);
  }

  private void poll(NvidiaSmiEnergy energy, int afterSeconds) {
    nanos += Duration.ofSeconds(afterSeconds).toNanos();
    energy.poll();
  }

  /** 18 s from 100 W to 300 W are 1 Wh, 18 s at 300 W 1.5 Wh. */
  @Test
  void integratesThePowerOfAllGpus() throws IOException {
    NvidiaSmiEnergy energy = find("60.50\n39.50\n").orElseThrow();
    assertEquals(0.0, energy.wattHours());
    new FakeSmi(folder).answers("100\n 200\n");
    poll(energy, 18);
    assertEquals(1.0, energy.wattHours(), 1e-12);
    poll(energy, 18);
    assertEquals(2.5, energy.wattHours(), 1e-12);
  }

  @Test
  void bridgesAMissingAnswerButNoLongGap() throws IOException {
    NvidiaSmiEnergy energy = find("360").orElseThrow();
    new FakeSmi(folder).answersNoMore();
    poll(energy, 10);
    assertEquals(0.0, energy.wattHours());
    new FakeSmi(folder).answers("360");
    poll(energy, 10);
    assertEquals(2.0, energy.wattHours(), 1e-12);
    new FakeSmi(folder).answersNoMore();
    poll(energy, 31);
    assertNull(energy.wattHours());
    new FakeSmi(folder).answers("360");
    poll(energy, 1);
    assertNull(energy.wattHours());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[N/A]\n", "100\n[Not Supported]\n"})
  void isNotThereIfAGpuDoesNotTell(String answer) throws IOException {
    assertEquals(Optional.empty(), find(answer));
  }

  @Test
  void isNotThereWithoutTheCommandOrIfItFails() {
    assertEquals(Optional.empty(), NvidiaSmiEnergy.find(List.of("no-such-command"), () -> nanos));
    List<String> fails = List.of("sh", "-c", "echo 100; exit 9");
    assertEquals(Optional.empty(), NvidiaSmiEnergy.find(fails, () -> nanos));
  }
}
