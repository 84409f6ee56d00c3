package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.TrialResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SameWeightsTest {
  private static final Provenance OTHER_CPU =
      new Provenance("c", "17", "0", "2.7.1", "os", "another cpu", 2, 1, null, null, 1, "host");
  private static final String OTHERS = "when timed, trial-0 left other weights than those judged";

  private static ForkShot shot(String hash, @Nullable Long changed) {
    return new ForkShot("trial-0", false, new TrialTime(1, null, null), hash, changed, null);
  }

  private static String mistake(TrialResult trial, ForkShot shot) {
    return new SameWeights(MadeWinner.HERE, trial.identity().device())
        .mistake(trial, shot)
        .orElse("none");
  }

  @Test
  void onTheTrialsKindOfMachineBitsDecide() {
    TrialResult trial = MadeWinner.of(0, 1);
    assertEquals("none", mistake(trial, shot("judged", 100L)));
    assertEquals(OTHERS, mistake(trial, shot("other", 100L)));
    assertEquals(OTHERS, mistake(trial, shot("other", null)), "as of a regularizer");
  }

  @Test
  void elsewhereTheLastDigitsMayDifferButNotWhatWasDone() {
    TrialResult trial = MadeWinner.of(0, 1, "cpu", OTHER_CPU);
    assertEquals("none", mistake(trial, shot("other", 60L)));
    assertEquals("none", mistake(trial, shot("other", 190L)));
    assertEquals(OTHERS, mistake(trial, shot("other", 0L)), "it did nothing");
    assertEquals(OTHERS, mistake(trial, shot("other", 201L)));
    TrialResult onGpu = MadeWinner.of(0, 1, "gpu", MadeWinner.HERE);
    assertEquals("none", mistake(onGpu, shot("other", 100L)));
  }

  @Test
  void onAnotherDeviceThanTheTrialsBitsMayDiffer() {
    TrialResult trial = MadeWinner.of(0, 1);
    assertEquals(
        Optional.empty(),
        new SameWeights(MadeWinner.HERE, "gpu").mistake(trial, shot("other", 100L)));
  }

  @Test
  void aShotOfAnotherTrialIsRefused() {
    assertEquals(
        "a time of trial-0 came in place of trial-1",
        mistake(MadeWinner.of(1, 1), shot("judged", 100L)));
  }
}
