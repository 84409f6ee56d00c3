package io.nepenthe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nepenthe.run.WorkUnit;
import io.nepenthe.run.WorkUnit.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Job files: what they ask a scheduler for, and that it can read them. */
class JobFilesTest {
  private static final int ORIGINALS = 5;
  private static final int DEPENDENTS = 3;

  private static final String A_GPU =
      "(?s).*(--gres=gpu:1|ngpus=1|nvidia.com/gpu: 1|accelerator 1).*";

  @TempDir private Path folder;

  /** Five original models, three units on each. */
  private static List<WorkUnit> units() {
    List<WorkUnit> units = new ArrayList<>();
    for (int i = 0; i < ORIGINALS; i++) {
      units.add(unit(i, i, null, List.of()));
    }
    for (int i = 0; i < ORIGINALS * DEPENDENTS; i++) {
      units.add(unit(ORIGINALS + i, i / DEPENDENTS, "act", List.of(i / DEPENDENTS)));
    }
    return units;
  }

  private static WorkUnit unit(int index, long seed, String method, List<Integer> after) {
    return new WorkUnit(
        index,
        method == null ? 1 : 2,
        method == null ? Kind.TRAINING : Kind.TRIALS,
        "task",
        List.of(),
        seed,
        method,
        method == null ? List.of() : List.of(Map.of("ratio", 0.1)),
        after,
        null);
  }

  private Path written(Scheduler scheduler, int mostJobs, boolean gpu) {
    return new JobFiles(units(), 2, Path.of("/opt/nepenthe/nepenthe"), mostJobs, gpu)
        .write(scheduler, folder);
  }

  /** Makes a program that notes what it is given, and answers with a number that rises. */
  private Path program(String name) throws IOException {
    Path bin = folder.resolve("bin");
    Files.createDirectories(bin);
    Path program = bin.resolve(name);
    Files.writeString(
        program,
        """
        #!/usr/bin/env bash
        echo "FIRST=${FIRST:-} LAST=${LAST:-} PER_JOB=${PER_JOB:-} $*" >>'%1$s.log'
        echo $((100 + $(wc -l <'%1$s.log')))
        """
            .formatted(program));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program.resolveSibling(name + ".log");
  }

  private String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }

  @Test
  void slurmStartsWhatStandsOnAnOriginalWhenThatHasEnded() throws Exception {
    Path submit = written(Scheduler.SLURM, 1000, false);
    Path log = program("sbatch");
    run(Map.of(), "bash", submit.toString(), "--partition=p");
    List<String> calls = Files.readAllLines(log);
    assertEquals(1 + ORIGINALS + 1, calls.size(), calls.toString());
    assertTrue(calls.get(0).startsWith("FIRST=0 LAST=4 PER_JOB=1 "), calls.get(0));
    assertTrue(calls.get(0).contains("--array=0-4 "), calls.get(0));
    assertTrue(calls.get(2).startsWith("FIRST=8 LAST=10 PER_JOB=1 "), calls.get(2));
    assertTrue(
        calls.get(2).contains("--array=0-2 ")
            && calls.get(2).contains("--dependency=afterany:101_1 --partition=p"),
        calls.get(2));
    assertTrue(
        calls.get(6).contains("--dependency=afterany:101:102:103:104:105:106 "), calls.get(6));
    assertTrue(calls.get(6).endsWith("collect.sbatch"), calls.get(6));
  }

  @Test
  void whereUnitsAreManyAJobDoesSeveral() throws Exception {
    Path submit = written(Scheduler.SLURM, 3, false);
    Path log = program("sbatch");
    run(Map.of(), "bash", submit.toString());
    List<String> calls = Files.readAllLines(log);
    assertTrue(calls.get(0).startsWith("FIRST=0 LAST=4 PER_JOB=2 "), calls.get(0));
    assertTrue(calls.get(0).contains("--array=0-2 "), calls.get(0));
    assertTrue(calls.get(1).startsWith("FIRST=5 LAST=10 PER_JOB=5 "), calls.get(1));
    assertTrue(calls.get(1).contains("--array=0-1 "), calls.get(1));
    assertEquals(1 + 3 + 1, calls.size());
  }

  @Test
  void pbsTakesNoArrayOfOneAndWaitsForJobs() throws Exception {
    Path submit = written(Scheduler.PBS, 1000, false);
    Path log = program("qsub");
    run(Map.of("HOME", "/home/me"), "bash", submit.toString(), "-q", "long");
    List<String> calls = Files.readAllLines(log);
    assertEquals(2 * ORIGINALS + 1, calls.size(), calls.toString());
    assertFalse(calls.get(0).contains("-J"), calls.get(0));
    assertTrue(calls.get(0).contains("FIRST=0,LAST=0,PER_JOB=1"), calls.get(0));
    assertTrue(calls.get(6).contains("-J 0-2 -W depend=afterany:102 -q long "), calls.get(6));
    assertTrue(calls.get(6).contains("FIRST=8,LAST=10,PER_JOB=1"), calls.get(6));
    assertTrue(
        calls.get(10).contains("afterany:101:102:103:104:105:106:107:108:109:110 "), calls.get(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLURM_ARRAY_TASK_ID", "PBS_ARRAY_INDEX", "JOB_COMPLETION_INDEX"})
  void aJobDoesTheUnitsOfItsNumber(String number) throws Exception {
    written(Scheduler.SLURM, 1000, false);
    Path log = program("nepenthe");
    run(
        Map.of(
            number,
            "2",
            "PLAN",
            "/plan",
            "NEPENTHE",
            "nepenthe",
            "FIRST",
            "5",
            "LAST",
            "10",
            "PER_JOB",
            "2"),
        "bash",
        folder.resolve("jobs/units.sh").toString());
    assertTrue(
        Files.readString(log).contains("trial --plan /plan --index 9-10"), Files.readString(log));
  }

  @Test
  void kubernetesReadsIndexedJobs() throws Exception {
    Path submit = written(Scheduler.KUBERNETES, 1000, true);
    YAMLMapper yaml = new YAMLMapper();
    JsonNode job = yaml.readTree(submit.resolveSibling("trials.yaml").toFile());
    assertEquals("batch/v1", job.path("apiVersion").asText());
    assertEquals("Job", job.path("kind").asText());
    JsonNode spec = job.path("spec");
    assertEquals("Indexed", spec.path("completionMode").asText());
    assertEquals(15, spec.path("completions").asInt());
    assertEquals(15, spec.path("parallelism").asInt());
    assertEquals("Never", spec.at("/template/spec/restartPolicy").asText());
    JsonNode container = spec.at("/template/spec/containers/0");
    assertEquals(1, container.at("/resources/limits").path("nvidia.com/gpu").asInt());
    assertEquals("2", container.at("/resources/requests/cpu").asText());
    for (JsonNode variable : container.path("env")) {
      assertTrue(variable.path("value").isTextual(), variable.toString());
    }
    assertTrue(spec.at("/podFailurePolicy/rules/0/onExitCodes/values").toString().contains("15"));
    assertEquals(
        5,
        yaml.readTree(submit.resolveSibling("originals.yaml").toFile())
            .at("/spec/completions")
            .asInt());
    assertEquals(
        "Job", yaml.readTree(submit.resolveSibling("collect.yaml").toFile()).path("kind").asText());
    Path log = program("kubectl");
    run(Map.of(), "bash", submit.toString(), "--namespace", "n");
    List<String> applied =
        Files.readAllLines(log).stream().filter(line -> line.contains(" apply ")).toList();
    assertEquals(3, applied.size(), applied.toString());
    assertTrue(applied.get(2).endsWith("collect.yaml"), applied.toString());
  }

  @Test
  void nextflowHasThreeStepsInBalancedBraces() throws IOException {
    String flow = Files.readString(written(Scheduler.NEXTFLOW, 1000, true));
    for (String part :
        List.of("process ORIGINALS {", "process TRIALS {", "process COLLECT {", "workflow {")) {
      assertTrue(flow.contains(part), part);
    }
    assertTrue(flow.contains("jobs(0, 4, 1)"), flow);
    assertTrue(flow.contains("accelerator 1"), flow);
    for (String pair : List.of("{}", "()", "[]")) {
      assertEquals(count(flow, pair.charAt(0)), count(flow, pair.charAt(1)), pair);
    }
  }

  private static long count(String text, char sign) {
    return text.chars().filter(each -> each == sign).count();
  }

  @ParameterizedTest
  @EnumSource(Scheduler.class)
  void scriptsAreWholeAndAskForAGpuWhereTheyShould(Scheduler scheduler) throws Exception {
    Path start = written(scheduler, 1000, true);
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder.resolve("jobs"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(file);
        assertFalse(text.matches("(?s).*@[A-Z_0-9]+@.*"), file + ": " + text);
        if (file.toString().matches(".*\\.(sh|sbatch|pbs)")) {
          run(Map.of(), "bash", "-n", file.toString());
        }
        all.append(text);
      }
    }
    assertTrue(Files.exists(start));
    assertTrue(all.toString().matches(A_GPU));
  }

  @ParameterizedTest
  @EnumSource(Scheduler.class)
  void noGpuIsAskedForWhereNoneIsNeeded(Scheduler scheduler) throws IOException {
    written(scheduler, 1000, false);
    try (Stream<Path> files = Files.walk(folder.resolve("jobs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).matches(A_GPU), file.toString());
      }
    }
  }

  @Test
  void directivesOfPbsAreOnesItKnows() throws IOException {
    Path submit = written(Scheduler.PBS, 1000, true);
    for (String file : List.of("units.pbs", "collect.pbs")) {
      List<String> directives =
          Files.readAllLines(submit.resolveSibling(file)).stream()
              .filter(line -> line.startsWith("#PBS"))
              .toList();
      assertTrue(directives.size() >= 4, directives.toString());
      for (String directive : directives) {
        assertTrue(
            directive.matches(
                "#PBS (-S /\\S+|-N [\\w-]{1,230}|-j oe|-r y|-l select=1:ncpus=\\d+(:ngpus=\\d+)?)"),
            directive);
      }
    }
  }
}
