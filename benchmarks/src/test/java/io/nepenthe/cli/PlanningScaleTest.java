package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's whole sweep, planned and simulated. */
@Tag("slow")
class PlanningScaleTest {
  @TempDir private Path folder;

  @Test
  void thePapersSweepIsPlannedInTenSecondsAndKeeps64GpusBusy() throws IOException {
    String plan = folder.resolve("plan").toString();
    long start = System.nanoTime();
    CommandLineRun planned =
        CommandLineRun.of(folder, "plan", "sweep", "-o", plan, "--emit", "slurm", "--json");
    Duration spent = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(0, planned.exitCode(), planned.err());
    assertTrue(planned.json().path("trials").asInt() > 105_000, planned.out());
    assertTrue(spent.compareTo(Duration.ofSeconds(10)) < 0, spent.toString());
    JsonNode points =
        CommandLineRun.of(folder, "simulate", plan, "--gpus", "64", "--json").json().path("points");
    assertTrue(points.path(0).path("efficiency").asDouble() >= 0.9, points.toString());
  }
}
