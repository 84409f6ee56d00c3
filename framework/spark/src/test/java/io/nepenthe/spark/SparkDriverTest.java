package io.nepenthe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver and its tasks, with a script in place of the command that does a unit. */
@Tag("spark")
class SparkDriverTest {
  private static final String TRAIN = "mkdir -p $model; echo weights > $model/model.safetensors";
  private static final String NEED_MODEL = "grep -q weights $model/model.safetensors || exit 15";

  @TempDir private Path folder;

  @Test
  void unitsRunInThisProcesssExecutorAfterThoseTheyStandOn() throws Exception {
    StubPlan plan =
        new StubPlan(folder)
            .training(TRAIN)
            .training("true")
            .trials(NEED_MODEL, 0)
            .trials(NEED_MODEL, 0)
            .write();
    StubPlan.End end = plan.run("local[2]");
    assertEquals(0, end.exitCode(), end.out() + end.err());
    assertEquals(List.of(0, 1, 2, 3), plan.results());
    assertTrue(end.out().contains("progress 4 4"), end.out());
    assertEquals(4, plan.started().size());
  }

  @Test
  void onlyWhatIsAskedForRuns() throws Exception {
    StubPlan plan =
        new StubPlan(folder).training(TRAIN).trials("true", 0).trials("true", 0).write();
    assertEquals(0, plan.run("local[2]", "--index", "1-2").exitCode());
    assertEquals(List.of(1, 2), plan.results());
  }

  @Test
  void whatTheMachinePreventedIsTriedAgainAndWhatIsWrongIsNot() throws Exception {
    StubPlan plan =
        new StubPlan(folder)
            .training("((again)) || { echo 'nepenthe: no memory' >&2; exit 10; }")
            .training("((again > 1)) || kill -9 $$")
            .training("echo 'nepenthe: the plan is damaged' >&2; exit 7")
            .training("echo 'nepenthe: the disk is full' >&2; exit 8")
            .trials("true", 2)
            .trials("true", 3)
            .trials("true", 0)
            .write();
    StubPlan.End end = plan.run("local[2]");
    assertEquals(7, end.exitCode(), end.out());
    assertEquals(List.of(0, 1, 6), plan.results());
    assertEquals(
        List.of(2L, 3L, 1L, 4L),
        List.of(plan.starts(0), plan.starts(1), plan.starts(2), plan.starts(3)));
    assertTrue(end.out().contains("the plan is damaged; 1 that stand on it wait, too"), end.out());
    assertTrue(end.out().contains("the disk is full (exit code 8); 1 that"), end.out());
  }

  @Test
  void aWorkerThatIsKilledLosesNothing() throws Exception {
    StubPlan plan = new StubPlan(folder).training(TRAIN);
    for (int i = 0; i < 6; i++) {
      plan.trials("((again)) || sleep 3", 0);
    }
    plan.write();
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster"))) {
      Process killed = cluster.worker("worker1");
      cluster.worker("worker2");
      Process driver = plan.start(cluster.url());
      TestCluster.await("unit on each worker", () -> running(plan).size() == 2);
      List<Long> atKill = running(plan);
      killed.destroyForcibly();
      StubPlan.End end = plan.end(driver);
      assertEquals(0, end.exitCode(), end.out() + end.err());
      assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), plan.results());
      assertTrue(plan.started().size() > 7, "a unit was lost with its worker: " + plan.started());
      assertTrue(atKill.stream().noneMatch(SparkDriverTest::lives), "a process was left behind");
    }
  }

  private static List<Long> running(StubPlan plan) {
    return plan.started().stream()
        .map(line -> Long.parseLong(line.split(" ", 3)[1]))
        .filter(SparkDriverTest::lives)
        .toList();
  }

  private static boolean lives(long process) {
    return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void machinesThatShareNothingGetWhatTheyNeedAndSendWhatTheyLeave() throws Exception {
    StubPlan plan =
        new StubPlan(folder)
            .training(TRAIN + "; echo measured > $run/originals/t_s0.json; sleep 2")
            .training("sleep 2")
            .trials(NEED_MODEL + "; grep -q measured $run/originals/t_s0.json; sleep 2", 0)
            .trials(NEED_MODEL + "; grep -q 'a jar' $plan/plugins/a.jar; sleep 2", 0)
            .write();
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster"))) {
      cluster.worker("worker1");
      cluster.worker("worker2");
      StubPlan.End end = plan.run(cluster.url(), "--ship");
      assertEquals(0, end.exitCode(), end.out() + end.err());
    }
    assertEquals(List.of(0, 1, 2, 3), plan.results());
    assertTrue(Files.exists(folder.resolve("run/originals/t_s0.json")));
    assertTrue(
        Files.exists(folder.resolve("cache/checkpoints/key/passes-00001/model.safetensors")));
    assertFalse(Files.exists(folder.resolve("plan/run")));
  }

  @Test
  void aUnitHasAGpuForItself() throws Exception {
    String alone =
        "mkdir MARK/gpu$CUDA_VISIBLE_DEVICES; sleep 1; rmdir MARK/gpu$CUDA_VISIBLE_DEVICES";
    StubPlan plan = new StubPlan(folder).onGpu();
    for (int i = 0; i < 6; i++) {
      plan.training(alone.replace("MARK", "$marks"));
    }
    plan.write();
    Path discovery = folder.resolve("gpus");
    Files.writeString(
        discovery, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
    assertTrue(discovery.toFile().setExecutable(true));
    try (TestCluster cluster = new TestCluster(folder.resolve("cluster"))) {
      cluster.worker(
          "worker1",
          "-Dspark.worker.resource.gpu.amount=2",
          "-Dspark.worker.resource.gpu.discoveryScript=" + discovery);
      StubPlan.End end = plan.run(cluster.url());
      assertEquals(0, end.exitCode(), end.out() + end.err());
    }
    assertEquals(6, plan.started().size(), "none had to be tried again: " + plan.started());
    Set<String> gpus =
        plan.started().stream().map(line -> line.split(" ", 3)[2]).collect(Collectors.toSet());
    assertEquals(Set.of("0", "1"), gpus);
  }

  @Test
  void aPlanThatIsNotThereIsALine() throws Exception {
    StubPlan plan = new StubPlan(folder).training("true").write();
    Files.delete(folder.resolve("plan/units.jsonl"));
    StubPlan.End end = plan.run("local[1]");
    assertEquals(8, end.exitCode(), end.out());
    assertTrue(end.out().startsWith("error cannot read or write: "), end.out());
  }
}
