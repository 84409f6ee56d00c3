package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nepenthe.runstore.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan on a real Slurm: a job is killed, the plan handed over again, and nothing is lost. */
@Tag("slurm")
class SlurmTest {
  private static final int PATIENCE_SECONDS = 600;

  @TempDir private Path folder;

  @Test
  void aPlanThatLostAJobIsSubmittedAgainAndEqualsALocalRun()
      throws IOException, InterruptedException {
    assumeTrue(OneNodeSlurm.lack().isEmpty(), () -> "no Slurm: " + OneNodeSlurm.lack());
    Path suite = suite();
    Path local = folder.resolve("local");
    CommandLineRun run =
        CommandLineRun.of(
            folder, "run", suite.toString(), "--out", local.toString(), "--no-timing");
    assertEquals(0, run.exitCode(), run.err());
    Path plan = folder.resolve("plan");
    assertEquals(
        0,
        CommandLineRun.of(
                folder, "plan", suite.toString(), "-o", plan.toString(), "--emit", "slurm")
            .exitCode());
    try (OneNodeSlurm slurm = OneNodeSlurm.start(Files.createDirectory(folder.resolve("slurm")))) {
      submit(slurm, plan);
      OneNodeSlurm.await("a training", () -> ids(slurm, "nepenthe-originals", "R").size() > 0);
      slurm.command("scancel", ids(slurm, "nepenthe-originals", "R").get(0));
      drain(slurm);
      String collected = log(plan, "collect");
      assertTrue(collected.contains("of the plan left: nepenthe trial"), collected);
      assertTrue(log(plan, "trials").contains("Do unit "), log(plan, "trials"));
      submit(slurm, plan);
      drain(slurm);
      assertFalse(log(plan, "collect").contains("of the plan left"), log(plan, "collect"));
    }
    assertEquals(results(local), results(plan.resolve("run")));
    assertTrue(Files.exists(plan.resolve("run/report/index.html")));
  }

  private Path suite() throws IOException {
    return Files.writeString(
        folder.resolve("tiny.yaml"),
        NepentheTest.MEMORIZING.replace(
            "  - id: no-mitigation\n",
            """
              - id: no-mitigation
              - id: retrain-without-artifacts
              - id: act
              - id: durable
            """));
  }

  private void submit(OneNodeSlurm slurm, Path plan) throws IOException {
    Path program = folder.resolve("nepenthe");
    Files.writeString(
        program,
        """
        #!/usr/bin/env bash
        exec '%s/bin/java' -Xmx1g -cp '%s' '-Dnepenthe.home.dir=%s' -Dnepenthe.sandbox=off io.nepenthe.cli.Nepenthe "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                CommandLineRun.root()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    String printed =
        slurm.command(
            Map.of(
                "NEPENTHE",
                program.toString(),
                "NEPENTHE_HOME",
                folder.resolve("cache").toString()),
            "bash",
            plan.resolve("jobs/slurm/submit.sh").toString());
    assertTrue(printed.contains("collect: job "), printed);
  }

  private static List<String> ids(OneNodeSlurm slurm, String name, String state) {
    return slurm
        .command("squeue", "-h", "-r", "-o", "%i", "-n", name, "-t", state)
        .lines()
        .toList();
  }

  private static void drain(OneNodeSlurm slurm) throws InterruptedException {
    OneNodeSlurm.await(
        "the queue", PATIENCE_SECONDS, () -> slurm.command("squeue", "-h").isBlank());
  }

  /** Returns what the latest jobs of a name have printed. */
  private static String log(Path plan, String name) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(plan.resolve("jobs/logs"))) {
      List<Path> logs =
          files
              .filter(file -> file.getFileName().toString().startsWith(name))
              .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
              .toList();
      for (Path log : "collect".equals(name) ? logs.subList(logs.size() - 1, logs.size()) : logs) {
        all.append(Files.readString(log));
      }
    }
    return all.toString();
  }

  /** Returns all that must be equal, but for times. */
  private static Map<String, String> results(Path run) {
    RunStore store =
        new RunStore(
            run,
            line -> {
              throw new AssertionError(line);
            });
    Map<String, String> results = new TreeMap<>();
    store
        .trials()
        .forEach(
            trial ->
                results.put(
                    trial.id(),
                    trial.outcome() + " " + trial.after() + " " + trial.mitigatedHash()));
    store
        .originals()
        .forEach(
            original ->
                results.put(original.id(), original.scores() + " " + original.checkpointHash()));
    assertFalse(results.isEmpty());
    return results;
  }
}
