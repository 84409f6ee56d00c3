package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.docs.PublishedSchemas;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a plan, and what they say to those who type something else. */
class PlanCommandTest {
  @TempDir private static Path folder;
  private static Path plan;
  private static CommandLineRun planned;

  @BeforeAll
  static void plan() {
    plan = folder.resolve("plan");
    planned =
        CommandLineRun.of(
            folder, "plan", "quick", "-o", plan.toString(), "--emit", "slurm,nextflow");
  }

  private static CommandLineRun trial(String... more) {
    return CommandLineRun.of(
        folder,
        Stream.concat(Stream.of("trial", "--plan", plan.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void saysHowManyUnitsThereAreAndWhatToStart() {
    assertEquals(0, planned.exitCode(), planned.err());
    assertTrue(planned.out().contains("6 original models, then "), planned.out());
    assertTrue(planned.err().contains("jobs/slurm/submit.sh"), planned.err());
    assertTrue(planned.err().contains("jobs/nextflow/main.nf"), planned.err());
  }

  @Test
  void writesWhatItsSchemasSay() throws IOException {
    PublishedSchemas.assertIsValid(
        "units", Json.mapper().readTree(plan.resolve("units.json").toFile()));
    List<String> lines = Files.readAllLines(plan.resolve("units.jsonl"));
    for (int i = 0; i < lines.size(); i++) {
      JsonNode unit = Json.mapper().readTree(lines.get(i));
      PublishedSchemas.assertIsValid("unit", unit);
      assertEquals(i, unit.path("index").asInt());
    }
  }

  @Test
  void aUnitWithoutItsModelEndsWithACodeOfItsOwnAndNamesTheFirst() throws IOException {
    int last = Files.readAllLines(plan.resolve("units.jsonl")).size() - 1;
    CommandLineRun run =
        trial("--index", Integer.toString(last), "--json", "--run", folder + "/run");
    assertEquals(15, run.exitCode(), run.err());
    JsonNode report = Json.mapper().readTree(run.out());
    assertEquals("missing", report.path("state").asText());
    assertEquals(5, report.path("first").path(0).asInt());
  }

  @Test
  void mistakesAreOneLine() {
    trial("--index", "seven").isMistake(2, "--index is 'seven', must be numbers and ranges");
    trial("--index", "0-9999").isMistake(2, "has units 0 to ");
    CommandLineRun.of(folder, "trial", "--plan", folder.toString(), "--index", "0")
        .isMistake(7, "holds no plan");
    CommandLineRun.of(folder, "plan", "quick", "-o", plan.toString(), "--methods", "act")
        .isMistake(2, "holds the plan of another suite");
    CommandLineRun.of(folder, "plan", "quick", "-o", folder.toString())
        .isMistake(8, "is not empty and holds no plan");
    CommandLineRun.of(folder, "simulate", plan.toString(), "--gpus", "0")
        .isMistake(2, "--gpus must be at least 1");
  }

  @Test
  void aCollectionOfNothingNamesAllUnits() throws IOException {
    int last = Files.readAllLines(plan.resolve("units.jsonl")).size() - 1;
    CommandLineRun run =
        CommandLineRun.of(
            folder, "collect", plan.toString(), "--run", folder.resolve("none").toString());
    assertEquals(10, run.exitCode(), run.err());
    assertTrue(run.err().lines().anyMatch(line -> line.endsWith("--index 0-" + last)), run.err());
  }
}
