package io.nepenthe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs by the command: on Spark they leave what they leave on this machine, times aside. */
@Tag("spark")
class SparkRunTest {
  private static final String SUITE =
      """
      name: tiny
      description: For a test.
      protocol: "PROTOCOL"
      fidelity: clean
      seeds: [0, 1]
      threads: 1
      tasks:
        - id: tiny-noise
          version: 1
          kind: math
          data:
            family: additive
            numbers: 8
            length: 34
            primary: 7
            auxiliary: [2]
            primaryRows: 20
            auxiliaryRows: 8
            testRows: 5
            artifact: {kind: noise, rows: 12, rate: 0.4}
          window: {prompt: 10, compare: 2}
          model: {layers: 2, width: 32, heads: 4}
          training: {passes: 60, batchSize: 8, learningRate: 0.005, checkpoints: [20, 40]}
          budgetSeconds: 120
      methods:
        - id: no-mitigation
        - id: retrain-without-artifacts
        - id: random-pruning
          grid: {ratio: [0.1]}
        - id: act
          grid: {ratio: [0.01, 0.05]}
      """;

  private static final List<String> OF_THE_MACHINE =
      List.of(
          "provenance",
          "contentHash",
          "finishedAt",
          "trainingSeconds",
          "peakMemoryBytes",
          "peakDeviceMemoryBytes");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static Map<String, JsonNode> local;

  @BeforeAll
  static void runOnThisMachine() throws IOException, InterruptedException {
    String pom = Files.readString(TestCluster.ROOT.resolve("pom.xml"));
    Matcher protocol = Pattern.compile("<nepenthe.protocol>([\\d.]+)<").matcher(pom);
    assertTrue(protocol.find());
    Files.writeString(folder.resolve("tiny.yaml"), SUITE.replace("PROTOCOL", protocol.group(1)));
    succeed(start("local"));
    local = results("local");
    assertEquals(2 + 2 * 5, local.size(), local.keySet().toString());
  }

  /** Starts the command with an empty cache, its results in a folder of the name. */
  private static Process start(String name, String... further) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                TestCluster.ROOT.resolve("nepenthe").toString(),
                "run",
                folder.resolve("tiny.yaml").toString(),
                "--out",
                folder.resolve(name).toString(),
                "--no-timing"));
    command.addAll(List.of(further));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    TestCluster.environment(builder.environment());
    builder.environment().put("NEPENTHE_SKIP_BUILD", "1");
    builder.environment().put("NEPENTHE_HOME", folder.resolve(name + "-cache").toString());
    return builder.redirectOutput(log(name)).start();
  }

  private static File log(String name) {
    return folder.resolve(name + ".log").toFile();
  }

  private static void succeed(Process run) throws InterruptedException {
    try {
      assertTrue(run.waitFor(5, TimeUnit.MINUTES), "it does not end");
      assertEquals(0, run.exitValue(), SparkRunTest::logs);
    } finally {
      run.descendants().forEach(ProcessHandle::destroyForcibly);
      run.destroyForcibly();
    }
  }

  private static String logs() {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".log"))
          .forEach(file -> all.append(file).append('\n').append(TestCluster.read(file)));
    } catch (IOException e) {
      all.append(e);
    }
    return all.toString();
  }

  /** Returns all results of a run by their files' names, without what the machine decides. */
  private static Map<String, JsonNode> results(String name) throws IOException {
    Map<String, JsonNode> results = new TreeMap<>();
    for (String part : List.of("trials", "originals")) {
      try (Stream<Path> files = Files.list(folder.resolve(name).resolve(part))) {
        for (Path file : files.toList()) {
          ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
          json.remove(OF_THE_MACHINE);
          json.remove("time");
          results.put(part + "/" + file.getFileName(), json);
        }
      }
    }
    return results;
  }

  private static void assertAsOnThisMachine(String name) throws IOException {
    Map<String, JsonNode> results = results(name);
    assertEquals(local.keySet(), results.keySet());
    local.forEach((file, expected) -> assertEquals(expected, results.get(file), file));
    assertTrue(Files.isRegularFile(folder.resolve(name).resolve("report/index.html")));
  }

  @Test
  void localModeNeedsNoCluster() throws Exception {
    succeed(start("spark-local", "--engine", "spark", "--master", "local[2]"));
    assertAsOnThisMachine("spark-local");
  }

  @Test
  void aClusterThatLosesAWorkerLosesNothing() throws Exception {
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster"))) {
      Process killed = cluster.worker("worker1");
      cluster.worker("worker2");
      Process run = start("cluster-run", "--engine", "spark", "--master", cluster.url());
      Path trials = folder.resolve("cluster-run/spark/run/trials");
      TestCluster.await("trial", () -> hasResult(trials) || !run.isAlive());
      assertTrue(run.isAlive(), SparkRunTest::logs);
      killed.destroyForcibly();
      succeed(run);
    }
    String driver = TestCluster.read(folder.resolve("cluster-run/spark/spark.log"));
    assertTrue(driver.contains("Lost executor"), driver);
    assertAsOnThisMachine("cluster-run");
  }

  private static boolean hasResult(Path trials) {
    String[] names = trials.toFile().list();
    return names != null && names.length > 0;
  }

  @Test
  void machinesNeedShareNothing() throws Exception {
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster-2"))) {
      cluster.worker("worker1");
      cluster.worker("worker2");
      succeed(start("shipped", "--engine", "spark", "--master", cluster.url(), "--ship"));
    }
    assertAsOnThisMachine("shipped");
    assertFalse(Files.exists(folder.resolve("shipped/spark/run/workers.log")), "run elsewhere");
  }
}
