package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.energy.EnergyInvocation;
import io.nepenthe.energy.EnergyMeter;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.selection.HandMade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunEnergyTest {
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private RunStore store;
  private volatile Optional<Provenance> place = Optional.of(HandMade.provenance());

  @BeforeEach
  void open() {
    store = new RunStore(folder.resolve("out"), warnings::add);
    store.create();
  }

  /** Starts to record; the machine's only counter shows 1 Wh more than when that was. */
  private RunEnergy record(Duration betweenSaves) throws IOException {
    Path domain = Files.createDirectories(folder.resolve("powercap").resolve("intel-rapl:0"));
    Files.writeString(domain.resolve("name"), "package-0");
    Files.writeString(domain.resolve("max_energy_range_uj"), "7200000000");
    Files.writeString(domain.resolve("energy_uj"), "0");
    EnergyMeter meter = EnergyMeter.start(domain.getParent(), List.of("no-such-command"));
    Files.writeString(domain.resolve("energy_uj"), "3600000000");
    return new RunEnergy(store, () -> place, meter, betweenSaves);
  }

  private EnergyUse stored() {
    return store.energy().orElseThrow();
  }

  @Test
  void recordsTimeEnergyAndMachine() throws IOException, InterruptedException {
    RunEnergy energy = record(NEVER);
    assertEquals(Optional.empty(), store.energy());
    Thread.sleep(50);
    energy.close();
    EnergyInvocation invocation = stored().invocations().get(0);
    assertTrue(invocation.wallSeconds() >= 0.05 && invocation.wallSeconds() < 60);
    assertEquals(new MeasuredEnergy(1.0, null), invocation.measured());
    assertEquals(HandMade.provenance().machine(), invocation.machine());
  }

  @Test
  void addsToWhatEarlierCallsUsed() throws IOException {
    record(NEVER).close();
    EnergyUse first = stored();
    record(NEVER).close();
    EnergyUse both = stored();
    assertEquals(2, both.invocations().size());
    assertEquals(first.invocations().get(0), both.invocations().get(0));
    assertEquals(2.0, both.measured().raplWattHours());
    assertTrue(both.wallSeconds() > first.wallSeconds());
  }

  @Test
  void savesWhileItGoesOnAndCountsItOnce() throws IOException {
    RunEnergy energy = record(Duration.ofMillis(5));
    double seen = awaitMoreThan(awaitMoreThan(0));
    energy.close();
    assertEquals(1, stored().invocations().size());
    assertTrue(stored().wallSeconds() >= seen);
    assertEquals(1.0, stored().measured().raplWattHours());
  }

  private double awaitMoreThan(double seconds) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          double now;
          do {
            Thread.sleep(5);
            now = store.energy().map(EnergyUse::wallSeconds).orElse(0.0);
          } while (now <= seconds);
          return now;
        });
  }

  @Test
  void writesNothingToAFolderThatIsNotItsOwn() throws IOException, InterruptedException {
    place = Optional.empty();
    RunEnergy energy = record(Duration.ofMillis(1));
    Thread.sleep(20);
    energy.close();
    assertFalse(Files.exists(store.folder().resolve("energy.json")));
  }

  @Test
  void aDamagedFileIsSetAsideAndCountsAsNothing() throws IOException {
    Path file = store.folder().resolve("energy.json");
    for (String damaged :
        List.of("{", "{\"schema\":\"nepenthe-run/1\",\"invocations\":[]}", "null", "{}")) {
      warnings.clear();
      Files.writeString(file, damaged);
      record(NEVER).close();
      assertEquals(1, stored().invocations().size());
      assertEquals(1, warnings.size(), damaged);
      assertTrue(warnings.get(0).contains(file + " is damaged ("), warnings.get(0));
      assertTrue(warnings.get(0).contains("counts as not measured"), warnings.get(0));
    }
  }
}
