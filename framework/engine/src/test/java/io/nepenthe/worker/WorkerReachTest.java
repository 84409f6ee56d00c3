package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.run.TinySuite;
import io.nepenthe.sandbox.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  @BeforeEach
  void setUp() throws IOException {
    own = Files.createDirectories(folder.resolve("run/tmp/own"));
    handOver = Files.createDirectories(folder.resolve("run/tmp/mitigated"));
    cache = Files.createDirectories(folder.resolve("cache"));
    jar = Files.createFile(folder.resolve("run/method.jar"));
  }

  private static TrainingPlan plan(String device, RegularizerUse use) {
    return new TrainingPlan(
        TinySuite.suite(List.of(0L), 1, "a").tasks().get(0), 0, Fidelity.CLEAN, 1, device, use);
  }

  private Reach mitigating(String device) throws IOException {
    Path model = Files.createDirectories(cache.resolve("checkpoints/a/pass-9"));
    Path earlier = Files.createDirectories(cache.resolve("checkpoints/a/pass-3"));
    return WorkerReach.of(
        new WorkerRequest.Mitigate(
            new WorkerRequest.MitigationJob(
                plan(device, null),
                model.toString(),
                "f",
                Map.of(3, earlier.toString()),
                List.of(),
                jar.toString(),
                "sha",
                List.of(Map.of()),
                new CorpusPlaces(List.of(), cache)),
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
        List.of(jar, cache.resolve("checkpoints/a/pass-9"), cache.resolve("checkpoints/a/pass-3")),
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
    TrainingPlan plan = plan("cpu", new RegularizerUse("a", "1", jar.toString(), "sha", Map.of()));
    Reach reach =
        WorkerReach.of(
            new WorkerRequest.Train(plan, cache.toString(), new CorpusPlaces(List.of(), cache)),
            own);
    assertEquals(List.of(jar), ofThisTest(reach.readable()));
    assertEquals(List.of(new CheckpointStore(cache, plan).folder()), reach.writable());
  }
}
