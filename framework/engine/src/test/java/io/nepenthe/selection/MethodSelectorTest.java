package io.nepenthe.selection;

import static io.nepenthe.selection.HandMade.scores;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade.Trial;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.testkit.MadeScores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MethodSelectorTest {
  private static final OptionalDouble NO_LIMIT = OptionalDouble.empty();

  private static Trial trial() {
    return new Trial();
  }

  private static Map<Long, TrialResult> choose(List<TrialResult> trials, OptionalDouble limit) {
    Trial extra = trial().of("extra-fine-tuning", Family.FINE_TUNING);
    Limit allowed =
        Limit.of(limit.isEmpty() ? List.of() : List.of(extra.seconds(limit.getAsDouble()).valid()));
    Map<Long, TrialResult> chosen = new TreeMap<>();
    new MethodSelector(SelectionSpec.MATH, allowed, List.of(0L, 1L))
        .select(trials)
        .winners()
        .forEach(
            (seed, winner) ->
                trials.stream()
                    .filter(trial -> trial.id().equals(winner.trial()))
                    .forEach(trial -> chosen.put(seed, trial)));
    return chosen;
  }

  private static double score(TrialResult trial) {
    return TrialScore.M_MINUS_A.of(trial.before(), Objects.requireNonNull(trial.after()));
  }

  /** The winner of seed 0, whatever the order of the trials. */
  private TrialResult winner(OptionalDouble limit, TrialResult... trials) {
    List<TrialResult> all = new ArrayList<>(List.of(trials));
    TrialResult winner = choose(all, limit).get(0L);
    Collections.reverse(all);
    assertEquals(winner, choose(all, limit).get(0L));
    return winner;
  }

  @Test
  void scoresRelativeChangeOfMemorizationMinusThatOfMeanAccuracy() {
    // M = (20 - 80)/80 = -0.75; A = mean((45 - 50)/50, (20 - 40)/40) = mean(-0.1, -0.5) = -0.3
    TrialResult result = trial().before(scores(80, 50, 40)).after(scores(20, 45, 20)).valid();
    assertEquals(-0.75 + 0.3, score(result), 1e-12);
  }

  @Test
  void doesNotPenaliseAnUnchangedModel() {
    TrialResult same = trial().ratio(0.001).valid();
    TrialResult worse = trial().ratio(0.5).after(scores(90, 5, 5)).valid(); // -0.1 + 0.9
    assertEquals(0, score(same), 0);
    assertEquals(same, winner(NO_LIMIT, same, worse));
  }

  @Test
  void lowestScoreWins() {
    TrialResult mild = trial().ratio(0.1).after(scores(50, 50, 50)).valid(); // -0.5
    TrialResult strong = trial().ratio(0.2).after(scores(0, 40, 40)).valid(); // -1 + 0.2
    TrialResult destructive = trial().ratio(0.3).after(scores(0, 5, 5)).valid(); // -1 + 0.9
    assertEquals(strong, winner(NO_LIMIT, mild, strong, destructive));
  }

  @Test
  void equalScoresGoToTheLeastWorkThenTheSmallestRatio() {
    TrialResult more = trial().ratio(0.01).cost(2.0).seconds(1).valid();
    TrialResult less = trial().ratio(0.3).cost(1.0).seconds(2).valid();
    TrialResult small = trial().ratio(0.2).cost(1.0).seconds(3).valid();
    assertEquals(less, winner(NO_LIMIT, more, less));
    assertEquals(small, winner(NO_LIMIT, more, less, small));
  }

  @Test
  void noClockOrdersEqualScores() {
    TrialResult slow = trial().ratio(0.1).seconds(2).valid();
    TrialResult fast = trial().ratio(0.3).seconds(1).valid();
    assertEquals(slow, winner(NO_LIMIT, slow, fast));
  }

  @Test
  void whereNothingWasMemorizedThereIsNoScore() {
    Scores nothing = scores(0, 50, 50);
    TrialResult still = trial().before(nothing).after(nothing).valid();
    TrialResult more = trial().ratio(0.2).before(nothing).after(scores(1, 50, 50)).valid();
    assertTrue(Double.isNaN(score(still)));
    assertTrue(Double.isNaN(score(more)));
    assertTrue(
        Double.isNaN(TrialScore.M_PLUS_P_PLUS_T.of(nothing, nothing)), "no penalty of 100 either");
    assertEquals(Map.of(), choose(List.of(still, more), NO_LIMIT));
  }

  @Test
  void withoutEligibleRowsThereIsNoScore() {
    Scores none = MadeScores.of(new RowCounts(0, 0), 50.0, 2, Map.of("7", 50.0, "2", 50.0));
    assertTrue(Double.isNaN(score(trial().before(none).after(none).valid())));
  }

  @Test
  void aTestSetWithoutARightAnswerBeforeDoesNotDecide() {
    TrialResult lucky = trial().before(scores(100, 0, 50)).after(scores(100, 10, 50)).valid();
    TrialResult forgets =
        trial().ratio(0.2).before(scores(100, 0, 50)).after(scores(50, 0, 50)).valid();
    assertEquals(0, score(lucky), 0);
    assertEquals(forgets, winner(NO_LIMIT, lucky, forgets));
  }

  @Test
  void aScoreThatIsNoNumberLosesAgainstAnyOther() {
    TrialResult none = trial().ratio(0.1).after(scores(0, Double.NaN, 50)).valid();
    TrialResult poor = trial().ratio(0.2).after(scores(100, 1, 1)).valid();
    assertEquals(poor, winner(NO_LIMIT, none, poor));
    assertEquals(none, winner(NO_LIMIT, none));
  }

  @Test
  void unlearningSlowerThanExtraFineTuningIsLeftOut() {
    TrialResult slow = trial().ratio(0.1).after(scores(0, 50, 50)).seconds(2.6).valid();
    TrialResult onTime = trial().ratio(0.2).after(scores(50, 50, 50)).seconds(2).valid();
    assertEquals(onTime, winner(OptionalDouble.of(2), slow, onTime));
    assertEquals(slow, winner(NO_LIMIT, slow, onTime));
  }

  @Test
  void aMethodThatIsAlwaysSlowerKeepsAllItsTrials() {
    TrialResult slow = trial().ratio(0.1).after(scores(0, 50, 50)).seconds(9).valid();
    TrialResult slower = trial().ratio(0.2).after(scores(50, 50, 50)).seconds(3).valid();
    assertEquals(slow, winner(OptionalDouble.of(2), slow, slower));
  }

  @Test
  void timeRulesOutNoFineTuning() {
    TrialResult slow =
        trial().of("ft", Family.FINE_TUNING).after(scores(0, 50, 50)).seconds(9).valid();
    TrialResult fast = trial().of("ft", Family.FINE_TUNING).ratio(0.2).seconds(1).valid();
    assertEquals(slow, winner(OptionalDouble.of(2), slow, fast));
  }

  @Test
  void eachSeedHasItsOwnWinner() {
    TrialResult a0 = trial().ratio(0.1).after(scores(0, 50, 50)).valid();
    TrialResult b0 = trial().ratio(0.2).after(scores(50, 50, 50)).valid();
    TrialResult a1 = trial().seed(1).ratio(0.1).after(scores(50, 50, 50)).valid();
    TrialResult b1 = trial().seed(1).ratio(0.2).after(scores(0, 50, 50)).valid();
    assertEquals(Map.of(0L, a0, 1L, b1), choose(List.of(a0, b0, a1, b1), NO_LIMIT));
  }

  @Test
  void aRegularizersSettingIsOneForAllSeeds() {
    // mean of accuracy - memorized: (40 - 0 + 40 - 60)/2 = 10 against (40 - 10 + 40 - 20)/2 = 25
    Trial base = trial().of("reg", Family.REGULARIZER);
    TrialResult a0 = base.ratio(0.1).seed(0).after(scores(0, 40, 40)).valid();
    TrialResult a1 = base.ratio(0.1).seed(1).after(scores(60, 40, 40)).valid();
    TrialResult b0 = base.ratio(0.2).seed(0).after(scores(10, 40, 40)).valid();
    TrialResult b1 = base.ratio(0.2).seed(1).after(scores(20, 40, 40)).valid();
    assertEquals(Map.of(0L, b0, 1L, b1), choose(List.of(a0, a1, b0, b1), NO_LIMIT));
    assertEquals(Map.of(0L, b0, 1L, b1), choose(List.of(b1, b0, a1, a0), OptionalDouble.of(0)));
  }

  @Test
  void aRegularizersSettingWithAllItsSeedsGoesBeforeOneThatMissesSome() {
    Trial base = trial().of("reg", Family.REGULARIZER);
    TrialResult better = base.ratio(0.1).seed(0).after(scores(0, 50, 50)).valid();
    TrialResult whole0 = base.ratio(0.2).seed(0).after(scores(50, 50, 50)).valid();
    TrialResult whole1 = base.ratio(0.2).seed(1).after(scores(50, 50, 50)).valid();
    assertEquals(Set.of(0L, 1L), choose(List.of(better, whole0, whole1), NO_LIMIT).keySet());
  }

  @Test
  void aRegularizersAccuracyThatIsNoNumberLoses() {
    Trial base = trial().of("reg", Family.REGULARIZER);
    TrialResult none = base.ratio(0.1).after(scores(0, Double.NaN, 50)).valid();
    TrialResult poor = base.ratio(0.2).after(scores(100, 1, 1)).valid();
    assertEquals(poor, winner(NO_LIMIT, none, poor));
  }

  @Test
  void onlyValidTrialsAreChosen() {
    TrialResult valid = trial().ratio(0.5).after(scores(100, 1, 1)).valid();
    assertEquals(
        valid,
        winner(
            NO_LIMIT,
            trial().ratio(0.1).ended(new TrialOutcome.Failed("x")),
            trial().ratio(0.2).ended(new TrialOutcome.Invalid("x")),
            trial().ratio(0.3).ended(new TrialOutcome.TimedOut("x")),
            trial().ratio(0.4).ended(new TrialOutcome.NotApplicable("x")),
            valid));
    assertEquals(Map.of(), choose(List.of(trial().ended(new TrialOutcome.Failed("x"))), NO_LIMIT));
  }
}
