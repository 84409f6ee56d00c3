package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.energy.EnergyEstimate;
import io.nepenthe.energy.EnergyInvocation;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.energy.MachineProfile;
import io.nepenthe.energy.MachineProfiles;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.testkit.MadeScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyCommandTest {
  private static final MachineProfiles MACHINES =
      new MachineProfiles(CommandLineRun.root().resolve("benchmarks").resolve("machines"));

  @TempDir private Path folder;
  private RunStore store;

  @BeforeEach
  void open() {
    store = new RunStore(folder.resolve("out"), line -> {});
    store.create();
  }

  private CommandLineRun energy(String... more) {
    String[] arguments = new String[2 + more.length];
    arguments[0] = "energy";
    arguments[1] = store.folder().toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return CommandLineRun.of(folder, arguments);
  }

  private static final Scores SCORES =
      MadeScores.of(new RowCounts(1, 2), 50.0, 2, Map.of("7", 50.0));

  private static Provenance provenance(@Nullable String gpu) {
    return new Provenance("none", "17", "0", "0", "none", "A CPU", 2, 1, gpu, null, 1, "none");
  }

  /** A run of the methods "cheap" (1 s in one trial) and "dear" (2 s and 1 s). */
  private void run(@Nullable String gpu) {
    Map<String, List<Number>> ratios = new LinkedHashMap<>();
    ratios.put("cheap", List.of(0.1));
    ratios.put("dear", List.of(0.1, 0.2));
    store.put(MadeRuns.file(List.of(0L), ratios, provenance(gpu)));
    store.put(MadeRuns.original(0, SCORES, provenance(gpu)));
    store.put(trial("cheap", 0.1, 1, "cpu"));
    store.put(trial("dear", 0.1, 2, "cpu"));
    store.put(trial("dear", 0.2, 1, "cpu"));
  }

  private static TrialResult trial(String method, double ratio, double seconds, String device) {
    TrialIdentity identity = MadeRuns.identity(method, 0, ratio, device);
    return new TrialResult(
        TrialResult.SCHEMA,
        RunStore.id(identity),
        identity,
        method,
        Family.UNLEARNING,
        new TrialOutcome.Valid(),
        SCORES,
        SCORES,
        null,
        null,
        new TrialTime(seconds, null, null),
        1L,
        "0".repeat(64),
        List.of(),
        null,
        null,
        provenance(null),
        "2025-01-01T00:00:00Z");
  }

  private void used(double seconds, @Nullable Double rapl, @Nullable Double smi) {
    store.put(
        store
            .energy()
            .orElse(EnergyUse.NONE)
            .plus(
                new EnergyInvocation(
                    "2025-01-01T00:00:00Z",
                    seconds,
                    new MeasuredEnergy(rapl, smi),
                    provenance(null).machine())));
  }

  /** The paper's Tables 4 and 5. */
  @ParameterizedTest
  @CsvSource({
    "polaris, 2059.1, 1116, 2297.94, 910.0",
    "polaris, 2059.1, 6251, 12871.36, 5097.1",
    "perlmutter, 2267.9, 726, 1646.47, 429.7"
  })
  void profilesOfThePaperGiveThePapersNumbers(
      String name, double watts, double nodeHours, double kilowattHours, double kilograms) {
    EnergyEstimate estimate = EnergyEstimate.of(MACHINES.read(name), nodeHours);
    assertEquals(watts, estimate.wattsPerNode(), 0.05);
    assertEquals(kilowattHours, estimate.energyWattHours() / 1000, 0.005);
    assertEquals(kilograms, estimate.carbonGrams() / 1000, 0.05);
  }

  @Test
  void everyProfileOfTheProjectIsNamedAsItsFile() {
    assertEquals(List.of("perlmutter", "polaris", "two-core-cpu"), MACHINES.names());
    MACHINES.names().forEach(name -> assertEquals(name, MACHINES.read(name).name()));
    assertEquals(0, MACHINES.read("two-core-cpu").gpus());
  }

  @Test
  void estimatesAndSplitsByMethod() throws IOException {
    run(null);
    used(1800, null, null);
    used(5400, null, null);
    JsonNode report = energy("--json").json();
    assertEquals(2.0, report.path("nodeHours").asDouble());
    assertEquals(7200.0, report.path("wallSeconds").asDouble());
    assertEquals(2, report.path("invocations").asInt());
    MachineProfile machine = MACHINES.read("two-core-cpu");
    JsonNode estimate = report.path("estimated").path(0);
    assertEquals("two-core-cpu", estimate.path("profile").asText());
    assertEquals(2 * machine.wattsPerNode(), estimate.path("energyWattHours").asDouble(), 1e-9);
    JsonNode methods = report.path("methods");
    assertEquals(List.of("cheap", "dear"), methods.findValuesAsText("method"));
    assertEquals(0.25, methods.path(0).path("tuning").path("share").asDouble());
    assertEquals(3.0, methods.path(1).path("tuning").path("trialSeconds").asDouble());
    assertEquals(2, methods.path(1).path("tuning").path("trials").asInt());
    assertEquals(
        0.75 * estimate.path("carbonGrams").asDouble(),
        methods.path(1).path("estimated").path(0).path("carbonGrams").asDouble(),
        1e-9);
  }

  @Test
  void saysWhatIsMeasuredAndWhatIsEstimated() {
    run(null);
    used(3600, null, null);
    CommandLineRun nothing = energy("--profile", "polaris");
    assertEquals(0, nothing.exitCode(), nothing.err());
    assertTrue(nothing.out().contains(": 1.0000 node hours (3600.0 s in 1 call of run,"));
    assertTrue(
        nothing.out().contains("measured:  not measurable here: no RAPL, no nvidia-smi\n"),
        nothing.out());
    assertTrue(
        nothing.out().contains("estimated: 2.06 kWh, 815.399 g CO2e (polaris, 2059.1 W per node)"),
        nothing.out());
    assertTrue(
        nothing.out().contains("1        1.000   25.00    514.772 Wh, 203.850 g\n"), nothing.out());
    used(3600, 12.5, 250.0);
    String some = energy("--profile", "polaris").out();
    assertTrue(some.contains("measured:  12.500 Wh (CPU packages, by RAPL)\n"), some);
    assertTrue(some.contains("measured:  250.000 Wh (GPUs, by nvidia-smi)\n"), some);
    assertTrue(some.contains("in 3600.0 of the 7200.0 s; the rest was not measurable"), some);
    assertFalse(some.contains("no RAPL"), some);
  }

  @Test
  void takesSeveralProfilesByNameAndByPath() throws IOException {
    run(null);
    used(3600, null, null);
    Path own = folder.resolve("own.yaml");
    Files.writeString(
        own,
        Files.readString(CommandLineRun.root().resolve("benchmarks/machines/polaris.yaml"))
            .replace("name: polaris", "name: own")
            .replace("powerUsageEffectiveness: 1.58", "powerUsageEffectiveness: 1"));
    CommandLineRun run = energy("--profile", "perlmutter", "--profile", own.toString(), "--json");
    JsonNode estimates = run.json().path("estimated");
    assertEquals(List.of("perlmutter", "own"), estimates.findValuesAsText("profile"));
    assertEquals(1303.22, estimates.path(1).path("energyWattHours").asDouble(), 1e-6);
    assertEquals(2, run.json().path("methods").path(0).path("estimated").size());
  }

  @Test
  void aRunOnAGpuNeedsAProfile() throws IOException {
    run("NVIDIA H100");
    used(3600, null, null);
    energy()
        .isMistake(
            2,
            "the run used a GPU, which two-core-cpu has not: give --profile, one of perlmutter,"
                + " polaris, two-core-cpu, or the path of a .yaml file. See 'nepenthe energy"
                + " --help'.");
    assertEquals(1, energy("--profile", "polaris", "--json").json().path("estimated").size());
    // a driver that does not tell its name, but a trial that knows
    Map<String, List<Number>> ratios = Map.of("dear", List.of(0.3));
    store.put(MadeRuns.file(List.of(0L), ratios, provenance(null), "gpu"));
    store.put(trial("dear", 0.3, 1, "gpu"));
    energy().isMistake(2, "the run used a GPU");
  }

  @Test
  void aMistakeIsOneLineAndItsExitCode() throws IOException {
    energy().isMistake(7, store.folder() + " holds no run");
    run(null);
    energy().isMistake(7, "there is no " + store.folder().resolve("energy.json") + ", so");
    used(3600, null, null);
    energy("--profile", "laptop")
        .isMistake(
            3,
            "there is no machine profile 'laptop'. Known machine profiles: perlmutter, polaris,"
                + " two-core-cpu; or give the path of a .yaml file.");
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "name: bad\ncpuUsages: 1\n");
    energy("--profile", bad.toString())
        .isMistake(3, "machine profile " + bad + ": there is no 'cpuUsages' at the top level");
    energy("--profile").isMistake(2, "--profile");
    CommandLineRun.of(folder, "energy").isMistake(2, "DIR");
  }

  @Test
  void damagedUseIsSetAside() throws IOException {
    run(null);
    Files.writeString(store.folder().resolve("energy.json"), "{");
    CommandLineRun run = energy();
    assertEquals(7, run.exitCode());
    assertTrue(run.err().contains("energy.json is damaged ("), run.err());
    assertTrue(run.err().contains("measures it again\nnepenthe: there is no "), run.err());
  }
}
