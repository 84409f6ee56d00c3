package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import io.nepenthe.suite.ScoreRule;
import java.util.Collection;
import java.util.List;

/**
 * Whether a mitigated model is better than the original one. A score alone does not say so: that of
 * language adds 100 where memorization did not change, so that a model which memorizes more and
 * understands less has a better score than one left alone.
 */
final class Gain {
  private Gain() {}

  /** Returns true if less is memorized, and more is forgotten than is lost in utility. */
  static boolean isAny(ScoreRule rule, Scores before, Scores after) {
    return Change.memorization(before, after) < 0
        && TrialScore.withoutPenalty(rule).of(before, after) < 0;
  }

  /** Returns of which seeds there is none, in words; empty if there are no such seeds. */
  static String noneIn(List<Long> seeds, Collection<Long> all) {
    if (seeds.isEmpty()) {
      return "";
    }
    return "no better than no mitigation" + (seeds.containsAll(all) ? "" : " in seeds " + seeds);
  }
}
