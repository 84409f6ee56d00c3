package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.data.Window;
import io.nepenthe.data.math.Artifact;
import io.nepenthe.data.math.MathDataSpec;
import io.nepenthe.data.math.MathFamily;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.original.TrainingJob;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.original.TrainingSetup;
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
import io.nepenthe.runstore.TrialTime;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.testkit.MadeScores;
import io.nepenthe.worker.WorkerRequest.MitigationJob;
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

  private List<TimingShots.Shot> on(String device) {
    TimedMethod method =
        new TimedMethod(
            TASK,
            PluginCatalog.scan(List.of(Path.of("../plugins"))).require("no-mitigation"),
            List.of(winner()));
    return new WinnerShots(SUITE, cache, List.of(original()), device).of(method);
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
  void timingOnAnotherDeviceRepeatsTheModelOfTheSuitesDevice() {
    TrainingPlan plan = new TrainingPlan(TASK, 0, Fidelity.CLEAN, 1, "cpu", null);
    assertThrows(NepentheException.class, () -> on("cpu"), "nothing is trained yet");
    new TrainingJob(plan, TrainingSetup.plain(plan), cache, Progress.SILENT).run();
    MitigationJob here = on("cpu").get(0).job();
    MitigationJob there = on("gpu1").get(0).job();
    assertEquals("cpu", here.plan().device());
    assertEquals(
        new MitigationJob(
            here.plan().on("gpu1"),
            here.checkpoint(),
            here.fingerprint(),
            Map.of(),
            List.of(2, 5),
            here.plugin(),
            here.pluginSha256(),
            List.of(Map.of()),
            CorpusPlaces.fromEnvironment()),
        there);
  }
}
