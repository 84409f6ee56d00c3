package io.nepenthe.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One method compared with a better one.
 *
 * @param with id of the better one
 * @param seeds the seeds that both have, on which they are compared
 * @param test of this method's scores minus the better one's; null where there is none
 * @param adjustedP p of the test after Holm's correction over all pairs of methods; null where
 *     there is no test
 * @param note what a reader must know of it, empty if nothing
 */
public record Comparison(
    String with,
    List<Long> seeds,
    @Nullable PairedTest test,
    @Nullable Double adjustedP,
    String note) {
  /** Copies the list. */
  public Comparison {
    seeds = List.copyOf(seeds);
  }

  /** Compares scores by seed, before any correction. */
  static Comparison of(Map<Long, Double> scores, String with, Map<Long, Double> better) {
    List<Long> common = better.keySet().stream().filter(scores::containsKey).sorted().toList();
    PairedTest test =
        PairedTest.of(
                common.stream().map(scores::get).toList(),
                common.stream().map(better::get).toList())
            .orElse(null);
    return new Comparison(with, common, test, null, note(common, test, scores, better));
  }

  private static String note(
      List<Long> common,
      @Nullable PairedTest test,
      Map<Long, Double> scores,
      Map<Long, Double> better) {
    if (test == null) {
      return "cannot be compared: seeds in common are " + common + ", a test needs two";
    }
    List<String> notes = new ArrayList<>();
    if (common.size() < Math.max(scores.size(), better.size())) {
      notes.add("compared on the common seeds " + common + " only");
    }
    if (test.constant() && test.meanDifference() != 0) {
      notes.add("the difference is the same in every seed: p is that of the signed-rank test");
    }
    return String.join("; ", notes);
  }

  Comparison adjusted(double p) {
    return new Comparison(with, seeds, test, p, note);
  }

  /** Returns true if the method's scores are higher, and the adjusted p below the level. */
  public boolean isWorse(double level) {
    return test != null && adjustedP != null && test.meanDifference() > 0 && adjustedP < level;
  }
}
