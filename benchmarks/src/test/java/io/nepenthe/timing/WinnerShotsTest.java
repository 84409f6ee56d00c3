package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.data.Window;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.exchange.WorkerRequest.MitigationJob;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.original.TrainingJob;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.Progress;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import io.nepenthe.testkit.MadeScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WinnerShotsTest {
  private static final TaskSpec TASK =
      new TaskSpec(
          "task",
          1,
          "math",
          new MathDataSpec(
              MathFamily.ADDITIVE, 8, 34, 7, List.of(2), 40, 20, 5, new Artifact.Noise(8, 0.4)),
          new Window(10, 2),
          new ModelSpec(1, 16, 2, null),
          new TrainingSpec(1, 16, 5e-3, 0.01, List.of()),
          60,
          null,
          null,
          null);
  private static final Suite SUITE =
      new Suite(
          "tiny",
          "For tests.",
          ProtocolVersion.CURRENT,
          Fidelity.CLEAN,
          List.of(0L),
          1,
          "cpu",
          null,
          null,
          List.of(TASK),
          List.of(new MethodChoice("no-mitigation", null, null)));
  private static final Provenance HERE =
      new Provenance("c", "17", "0", "0", "os", "cpu", 1, 1, null, null, 1, "host");
  private static final Scores SCORES = MadeScores.of(new RowCounts(2, 8), 50.0, 2, Map.of());

  @TempDir private Path cache;

  private List<TimingShots.Shot> on(String device) throws IOException {
    TimedMethod method =
        new TimedMethod(
            TASK,
            PluginCatalog.scan(List.of(Path.of("../plugins"))).require("no-mitigation"),
            List.of(winner()));
    return new WinnerShots(SUITE, cache, List.of(original()), device)
        .of(method, Files.createDirectory(cache.resolve(device)));
  }

  private static TrialResult winner() {
    TrialIdentity identity =
        new TrialIdentity(
            ProtocolVersion.CURRENT,
            "task",
            "t",
            "d",
            "c",
            "no-mitigation",
            "1",
            "jar",
            Map.of(),
            0,
            Fidelity.CLEAN,
            List.of(),
            "cpu",
            1);
    return new TrialResult(
        TrialResult.SCHEMA,
        "winner",
        identity,
        "No mitigation",
        Family.CONTROL,
        new TrialOutcome.Valid(),
        SCORES,
        SCORES,
        null,
        null,
        new TrialTime(1, null, null),
        1L,
        "hash",
        List.of(),
        null,
        null,
        HERE,
        "2025-01-01T00:00:00Z");
  }

  private static OriginalResult original() {
    return new OriginalResult(
        OriginalResult.SCHEMA,
        "task_s0",
        "task",
        0,
        "t",
        "d",
        "c",
        1,
        SCORES,
        null,
        List.of(2, 5),
        List.of(),
        1,
        HERE);
  }

  @Test
  void timingOnAnotherDeviceRepeatsTheModelOfTheSuitesDevice() throws IOException {
    TrainingPlan plan = new TrainingPlan(TASK, 0, Fidelity.CLEAN, 1, "cpu", null);
    assertThrows(NepentheException.class, () -> on("gpu"), "nothing is trained yet");
    new TrainingJob(plan.order(), plan.plain(), cache, Progress.SILENT).run();
    MitigationJob here = on("cpu").get(0).mitigation();
    MitigationJob there = on("gpu1").get(0).mitigation();
    assertEquals("cpu", here.device());
    assertEquals("gpu1", there.device());
    assertEquals(here.checkpoint(), there.checkpoint());
    assertEquals(here.fingerprint(), there.fingerprint());
    assertEquals(here.rows().sha256(), there.rows().sha256());
  }
}
