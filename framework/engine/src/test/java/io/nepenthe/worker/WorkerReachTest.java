package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.exchange.HandedRows;
import io.nepenthe.exchange.RowsFile;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.plugin.Given;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.run.TinySuite;
import io.nepenthe.sandbox.Reach;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.tensor.FloatType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker reaches what its request names, and neither the run nor the cache. */
class WorkerReachTest {
  @TempDir private Path folder;
  private Path own;
  private Path cache;
  private Path jar;
  private Path handOver;
  private RowsFile rows;

  @BeforeEach
  void setUp() throws IOException {
    own = Files.createDirectories(folder.resolve("run/tmp/own"));
    handOver = Files.createDirectories(folder.resolve("run/tmp/mitigated"));
    cache = Files.createDirectories(folder.resolve("cache"));
    jar = Files.createFile(folder.resolve("run/method.jar"));
    rows = RowsFile.write(handOver, new HandedRows(1, Sequences.empty(1), Given.NOTHING));
  }

  private Reach mitigating(String device) throws IOException {
    Path model = Files.createDirectories(cache.resolve("checkpoints/a/pass-9"));
    Path earlier = Files.createDirectories(cache.resolve("checkpoints/a/pass-3"));
    return WorkerReach.of(
        new WorkerRequest.Mitigate(
            new WorkerRequest.MitigationJob(
                model.toString(),
                "f",
                Map.of(3, earlier.toString()),
                true,
                null,
                rows,
                Set.of(),
                0,
                1,
                device,
                FloatType.FLOAT32,
                jar.toString(),
                "sha",
                List.of(Map.of())),
            handOver.toString()),
        own);
  }

  private List<Path> ofThisTest(List<Path> paths) {
    return paths.stream().filter(path -> path.startsWith(folder)).toList();
  }

  @Test
  void aMethodReadsItsJarAndTheModelsItIsGiven() throws IOException {
    Reach reach = mitigating("cpu");
    assertEquals(
        List.of(
            jar,
            cache.resolve("checkpoints/a/pass-9"),
            cache.resolve("checkpoints/a/pass-3"),
            Path.of(rows.path())),
        ofThisTest(reach.readable()));
    assertEquals(List.of(handOver), reach.writable());
    assertEquals(own, reach.own());
  }

  @Test
  void itReadsJavaAndTheClassPath() throws IOException {
    List<Path> readable = mitigating("cpu").readable();
    assertTrue(readable.contains(Path.of(System.getProperty("java.home"))));
    assertTrue(
        readable.containsAll(
            WorkerJvm.classPath().stream()
                .filter(Files::exists)
                .map(entry -> entry.toAbsolutePath().normalize())
                .toList()));
  }

  @Test
  void itSeesAGpuIfItComputesOnOne() throws IOException {
    assertFalse(mitigating("cpu").usesGpu());
    assertTrue(mitigating("gpu1").usesGpu());
  }

  @Test
  void aTrainingWritesItsOwnCheckpointsOnly() throws IOException {
    RegularizerUse use = new RegularizerUse("a", "1", jar.toString(), "sha", Map.of());
    TrainingPlan plan =
        new TrainingPlan(
            TinySuite.suite(List.of(0L), 1, "a").tasks().get(0), 0, Fidelity.CLEAN, 1, "cpu", use);
    Reach reach =
        WorkerReach.of(new WorkerRequest.Train(plan.order(), rows, cache.toString()), own);
    assertEquals(List.of(jar, Path.of(rows.path())), ofThisTest(reach.readable()));
    assertEquals(List.of(plan.checkpoints(cache).folder()), reach.writable());
  }
}
