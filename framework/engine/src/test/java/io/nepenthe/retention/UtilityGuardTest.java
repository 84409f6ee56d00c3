package io.nepenthe.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.testkit.MadeScores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UtilityGuardTest {
  private static Scores scores(int memorized, @Nullable Double accuracy, double perplexity) {
    return MadeScores.of(new RowCounts(memorized, 100), accuracy, perplexity, Map.of());
  }

  private static UtilityGuard guard(Scores before, Scores after) {
    return UtilityGuard.of(before, after).orElseThrow();
  }

  @Test
  void aMethodDestroysModelsIfNineOfTenAreDestroyed() {
    UtilityGuard gone = new UtilityGuard(1, 0.1);
    UtilityGuard good = new UtilityGuard(1, 0.9);
    for (int models : new int[] {1, 3, 9, 10, 19, 20}) {
      int fewest = (int) Math.ceil(0.9 * models);
      for (int destroyed = 0; destroyed <= models; destroyed++) {
        List<UtilityGuard> all = new ArrayList<>(Collections.nCopies(destroyed, gone));
        all.addAll(Collections.nCopies(models - destroyed, good));
        assertEquals(destroyed >= fewest, UtilityGuard.areDestroyed(all), destroyed + "/" + models);
      }
    }
    assertFalse(UtilityGuard.areDestroyed(List.of()));
  }

  @Test
  void isTheHarmonicMeanOfForgettingAndUtility() {
    UtilityGuard good = guard(scores(90, 80.0, 2), scores(20, 60.0, 3));
    assertEquals(2 * 0.8 * 0.75 / 1.55, good.value(), 1e-12);
    assertFalse(good.isDestroyed());
  }

  @Test
  void aModelThatLostItsUtilityIsDestroyed() {
    UtilityGuard destroyed = guard(scores(90, 80.0, 2), scores(0, 8.0, 99));
    assertEquals(2 * 0.1 / 1.1, destroyed.value(), 1e-12);
    assertTrue(destroyed.isDestroyed());
    assertTrue(
        guard(scores(90, null, 20), scores(0, null, Double.POSITIVE_INFINITY)).isDestroyed());
    assertTrue(guard(scores(90, null, 20), scores(0, null, 100)).isDestroyed());
  }

  @Test
  void aModelThatForgotNothingIsNot() {
    assertFalse(guard(scores(90, 80.0, 2), scores(100, 80.0, 2)).isDestroyed());
  }

  @Test
  void aModelThatBecameBetterHasItsWholeUtility() {
    assertEquals(1, guard(scores(90, 80.0, 2), scores(0, 88.0, 1)).value());
    assertEquals(1, guard(scores(90, null, 20), scores(0, null, 15)).value());
  }
}
