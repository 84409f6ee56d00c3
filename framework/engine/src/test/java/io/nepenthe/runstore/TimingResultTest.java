package io.nepenthe.runstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import io.nepenthe.provenance.Machine;
import io.nepenthe.provenance.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingResultTest {
  private static final String NO_SEAL = "timing has no seal";
  @TempDir private Path folder;

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = TimingResultTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  /** Returns the file as the store of a run reads it. */
  private TimingResult stored(String golden) throws IOException {
    List<String> warnings = new ArrayList<>();
    new RunStore(folder, warnings::add).create();
    Files.write(folder.resolve("timing/math-noise_act.json"), golden(golden));
    List<TimingResult> timings = RunStore.allowingOld(folder, warnings::add).timings();
    assertEquals(List.of(), warnings.stream().filter(line -> !line.contains(NO_SEAL)).toList());
    return timings.get(0);
  }

  @Test
  void theFirstSchemaLoadsWithMeansButNoErrors() throws IOException {
    TimingResult timing = stored("timing-1.json");
    assertEquals(2, timing.seeds().size());
    assertEquals(0, timing.seeds().get(0).seed());
    assertEquals((0.0075 + 0.0065) / 2, timing.seeds().get(0).seconds(), 1e-15);
    assertEquals((0.0095 + 0.0085) / 2, timing.seeds().get(1).seconds(), 1e-15);
    assertNull(timing.seeds().get(0).errorSeconds());
    assertNull(timing.errorSeconds());
    assertNull(timing.shots().get(0).otherLoad());
    assertEquals("", timing.disturbance());
  }

  @Test
  void theSecondSchemaLoadsAsItWasWritten() throws IOException {
    TimingResult timing = stored("timing-2.json");
    assertEquals(0.008, timing.errorSeconds());
    assertEquals(new TimingResult.SeedTime(1, 0.009, 0.002), timing.seeds().get(1));
    assertEquals("other processes kept 1.3 cores busy while it was timed", timing.disturbance());
    JsonNode golden = Json.mapper().readTree(golden("timing-2.json"));
    assertEquals(golden, Json.mapper().readTree(Json.pretty(SealedJson.seal(timing))));
  }

  @Test
  void theMachineIsThatOfTheProvenance() throws IOException {
    Machine machine = stored("timing-2.json").provenance().machine();
    assertEquals(new Machine("f00dcafe", "Example CPU", 2, null), machine);
    assertEquals("f00dcafe (Example CPU, 2 logical cores, no GPU used)", machine.description());
    assertEquals(
        "f00dcafe (Example CPU, 2 logical cores, A, B)",
        new Machine("f00dcafe", "Example CPU", 2, "A\nB\nA").description());
  }

  private static TimingResult of(String schema, double... seconds) {
    List<TimingResult.Shot> shots = new ArrayList<>();
    for (double each : seconds) {
      shots.add(new TimingResult.Shot(0, 7, "trial", Map.of(), each, null, each / 2, null));
    }
    Provenance here = new Provenance("c", "17", "0", "0", "o", "cpu", 1, 1, null, null, 1, "h");
    return new TimingResult(schema, "t", "m", "1", "jar", 1, null, null, shots, here);
  }

  private static String disturbance(double... seconds) {
    return of(TimingResult.SCHEMA, seconds).disturbance();
  }

  private static List<Double> typical(String schema, double... seconds) {
    return of(schema, seconds).typical(7).stream().map(TimingResult.Shot::seconds).toList();
  }

  @Test
  void aSeedsTimeIsThatOfItsMiddleShots() {
    assertEquals(List.of(3.0), typical(TimingResult.SCHEMA, 1, 90, 3));
    assertEquals(List.of(3.0, 4.0), typical(TimingResult.SCHEMA, 1, 90, 3, 4));
    assertEquals(List.of(1.0, 90.0, 3.0), typical("nepenthe-timing/2", 1, 90, 3));
  }

  @Test
  void anOutlierIsNamedWithItsSeed() {
    assertEquals(
        "outliers: 1 of 3 shots; the farthest, of seed 7, took 6.0 times the middle one",
        disturbance(0.007, 0.042, 0.007));
    assertEquals(
        "outliers: 2 of 5 shots; the farthest, of seed 7, took 0.1 times the middle one",
        disturbance(10, 10, 10, 1, 25));
  }

  @Test
  void noiseOfTicksIsNoOutlierAndOfTwoShotsNoneLiesOut() {
    assertEquals("", disturbance(0.0002, 0.0009, 0.0002));
    assertEquals("", disturbance(1, 1.9, 1));
    assertEquals("", disturbance(1, 90));
  }
}
