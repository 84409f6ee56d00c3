package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.data.Window;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingSpec;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathDataSpec;
import io.nepenthe.task.math.MathFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimedMethodTest {
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
          20,
          null,
          null,
          null);

  /** Returns a method whose winners of seeds 0, 1, ... took those seconds in the sweep. */
  private static TimedMethod of(double... sweepSeconds) {
    List<TrialResult> winners = new ArrayList<>();
    for (double seconds : sweepSeconds) {
      winners.add(MadeWinner.of(winners.size(), seconds));
    }
    return new TimedMethod(
        TASK,
        PluginCatalog.scan(List.of(Path.of("../plugins"))).require("random-pruning"),
        winners);
  }

  private static int shotsOfASeed(double... sweepSeconds) {
    return of(sweepSeconds).order().measured().size() / sweepSeconds.length;
  }

  private static TimingResult.Shot shot(long seed, double seconds) {
    return new TimingResult.Shot(0, seed, "trial-" + seed, Map.of(), seconds, null, null, null);
  }

  @Test
  void aCheapMethodHasManyShotsOfASeedAndADearOneOne() {
    assertEquals(9, shotsOfASeed(0.01, 0.01, 0.01));
    assertEquals(5, shotsOfASeed(0.1, 0.1, 0.15));
    assertEquals(3, shotsOfASeed(0.2, 0.2, 0.2));
    assertEquals(1, shotsOfASeed(0.3, 0.3, 0.3));
    assertEquals(1, shotsOfASeed(100, 200));
  }

  @Test
  void theNumberOfShotsIsOddSoThatOneIsTheMiddle() {
    for (double seconds = 0.001; seconds < 10; seconds *= 1.1) {
      assertEquals(1, shotsOfASeed(seconds) % 2, "at " + seconds + " s");
    }
  }

  @Test
  void allSeedsWarmUpBeforeRoundsAndTheQuickestBeforeSingleShots() {
    assertEquals(List.of(0, 1, 2), of(0.1, 0.1, 0.1).order().warmUps());
    assertEquals(List.of(1), of(1.9, 1.2, 40).order().warmUps());
    assertEquals(List.of(), of(2.1, 40).order().warmUps(), "warm before it matters");
  }

  @Test
  void aSingleShotFarFromTheSweepsTimeIsInDoubt() {
    TimedMethod method = of(10, 10, 10);
    List<TimingResult.Shot> shots = List.of(shot(0, 19), shot(1, 31), shot(2, 4.9));
    assertEquals(List.of(1, 2), method.doubtful(shots));
  }

  @Test
  void threeShotsAreEnough() {
    TimedMethod method = of(10);
    assertEquals(List.of(0), method.doubtful(List.of(shot(0, 11), shot(0, 40))));
    assertEquals(List.of(), method.doubtful(List.of(shot(0, 11), shot(0, 40), shot(0, 12))));
  }

  @Test
  void aForkMayTellNothingForTwiceTheBudgetAndAMinuteToStart() {
    assertEquals(Duration.ofSeconds(100), of(1).longestSilence());
  }
}
