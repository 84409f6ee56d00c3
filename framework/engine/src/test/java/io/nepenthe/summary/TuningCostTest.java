package io.nepenthe.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuningCostTest {
  private static HandMade.Trial trial(String method, double seconds) {
    return new HandMade.Trial().of(method, Family.UNLEARNING).seconds(seconds);
  }

  @Test
  void countsEveryTrialOfAMethodInTheSuitesOrder() {
    List<TrialResult> trials =
        List.of(trial("b", 1).valid(), trial("a", 4).valid(), trial("b", 3).ratio(0.2).valid());
    assertEquals(
        List.of(new TuningCost("b", "b", 2, 4, 0.5), new TuningCost("a", "a", 1, 4, 0.5)),
        TuningCost.of(List.of("b", "none", "a"), trials));
  }

  @Test
  void aTrialWithoutATimeCostsNothingKnown() {
    List<TrialResult> trials =
        List.of(
            trial("a", 5).ended(new TrialOutcome.Failed("threw")),
            trial("b", 2).valid(),
            trial("c", -0.5).valid()); // a regularizer within the noise of plain training
    assertEquals(
        List.of(
            new TuningCost("a", "a", 0, 0, 0),
            new TuningCost("b", "b", 1, 2, 1),
            new TuningCost("c", "c", 1, 0, 0)),
        TuningCost.of(List.of("a", "b", "c"), trials));
  }

  @Test
  void noTimeAtAllIsNoShare() {
    List<TrialResult> trials = List.of(trial("a", 0).valid());
    assertEquals(List.of(new TuningCost("a", "a", 1, 0, 0)), TuningCost.of(List.of("a"), trials));
  }
}
