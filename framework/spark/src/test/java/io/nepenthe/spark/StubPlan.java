package io.nepenthe.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A plan whose units do what a test says, a script in place of the command {@code nepenthe}, and a
 * driver that has them done.
 */
final class StubPlan {
  private static final String SCRIPT =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      while (($#)); do
        case $1 in
          --plan) plan=$2 ;;
          --index) index=$2 ;;
          --run) run=$2 ;;
        esac
        shift
      done
      marks=MARKS
      again=$(grep -c "^$index " "$marks/started" || true)
      echo "$index $$ ${CUDA_VISIBLE_DEVICES:-none}" >> "$marks/started"
      model=$NEPENTHE_HOME/checkpoints/key/passes-00001
      mkdir -p "$run/trials" "$run/originals"
      BODY
      echo "result of unit $index" > "$run/trials/unit$index.json"
      """;

  private final Path folder;
  private final List<String> units = new ArrayList<>();
  private final StringBuilder body = new StringBuilder("case $index in\n");
  private String device = "cpu";

  StubPlan(Path folder) {
    this.folder = folder;
  }

  /** Says that its units compute on GPUs. */
  StubPlan onGpu() {
    device = "gpu";
    return this;
  }

  /** Adds a unit of phase 1 that makes the checkpoint "key". */
  StubPlan training(String commands) {
    return unit("\"phase\":1,\"kind\":\"training\",\"checkpoint\":\"key\",\"after\":[]", commands);
  }

  /** Adds a unit that stands on others. */
  StubPlan trials(String commands, int... after) {
    String list = java.util.Arrays.toString(after).replace(" ", "");
    return unit("\"phase\":2,\"kind\":\"trials\",\"method\":\"m\",\"after\":" + list, commands);
  }

  private StubPlan unit(String fields, String commands) {
    body.append(units.size()).append(") ").append(commands).append(" ;;\n");
    units.add("{\"index\":%d,\"task\":\"t\",\"seed\":0,%s}".formatted(units.size(), fields));
    return this;
  }

  /** Writes plan and script. */
  StubPlan write() throws IOException {
    Path plan = Files.createDirectories(folder.resolve("plan"));
    Files.createDirectories(plan.resolve("plugins"));
    Files.writeString(plan.resolve("plugins/a.jar"), "a jar");
    Files.writeString(
        plan.resolve("run.json"),
        "{\"suite\":{\"name\":\"stub\",\"threads\":1,\"device\":\"" + device + "\"}}");
    Files.writeString(plan.resolve("units.json"), "{}");
    Files.write(plan.resolve("units.jsonl"), units);
    Path lib = Files.createDirectories(folder.resolve("program/benchmarks/target/nepenthe/lib"));
    Files.writeString(lib.resolve("a.jar"), "a jar");
    Path marks = Files.createDirectories(folder.resolve("marks"));
    Files.writeString(marks.resolve("started"), "");
    Files.writeString(
        folder.resolve("program/nepenthe"),
        SCRIPT.replace("MARKS", "'" + marks + "'").replace("BODY", body + "esac"));
    return this;
  }

  /** What a driver said and how it ended. */
  record End(int exitCode, String out, String err) {}

  /** Starts a driver that does all units. */
  Process start(String master, String... further) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                TestCluster.ROOT.resolve("framework/spark/spark-class").toString(),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master,
                "--conf",
                "spark.driver.memory=512m",
                "--conf",
                "spark.executor.memory=512m",
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                SparkDriver.class.getName(),
                TestCluster.ROOT.resolve("framework/spark/target/nepenthe-spark.jar").toString(),
                "--plan",
                folder.resolve("plan").toString(),
                "--run",
                folder.resolve("run").toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--program",
                folder.resolve("program").toString()));
    command.addAll(List.of(further));
    ProcessBuilder builder = new ProcessBuilder(command);
    TestCluster.environment(builder.environment());
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  End end(Process driver) throws InterruptedException {
    try {
      if (!driver.waitFor(180, TimeUnit.SECONDS)) {
        throw new AssertionError("the driver does not end: " + out() + err());
      }
      return new End(driver.exitValue(), out(), err());
    } finally {
      driver.destroyForcibly();
    }
  }

  End run(String master, String... further) throws IOException, InterruptedException {
    return end(start(master, further));
  }

  String out() {
    return TestCluster.read(folder.resolve("out"));
  }

  String err() {
    return TestCluster.read(folder.resolve("err"));
  }

  /** Returns a line for each start of a unit: index, process, GPU. */
  List<String> started() {
    return TestCluster.read(folder.resolve("marks/started")).lines().toList();
  }

  /** Returns how often a unit was started. */
  long starts(int index) {
    return started().stream().filter(line -> line.startsWith(index + " ")).count();
  }

  /** Returns the indices of the units that have left a result. */
  List<Integer> results() {
    List<Integer> results = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      if (Files.exists(folder.resolve("run/trials/unit" + i + ".json"))) {
        results.add(i);
      }
    }
    return results;
  }
}
