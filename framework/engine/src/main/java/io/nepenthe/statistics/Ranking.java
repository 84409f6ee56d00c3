package io.nepenthe.statistics;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Methods in the order of their mean score over seeds, lower is better. A new place begins where a
 * test tells a method from the first of the place above; those between share a place, which says
 * that none of them was told from that first, not that all are equal. Nor does a lower place say
 * that a method was told from the best: {@link Place#withBest} does.
 *
 * @param places best first: by mean score; equal ones in the order given; last those that cannot be
 *     compared
 * @param caveat what so few seeds can and cannot support, empty from six seeds on
 */
public record Ranking(List<Place> places, String caveat) {
  /** Adjusted p-values below this tell two methods apart. */
  public static final double LEVEL = 0.05;

  /** The fewest pairs of which the signed-rank test can give a p-value below the level. */
  private static final int ENOUGH_SEEDS = 6;

  /** Copies the list. */
  public Ranking {
    places = List.copyOf(places);
  }

  /**
   * One method's place.
   *
   * @param id of the method
   * @param place 1 more than the methods in better groups; shared within a group
   * @param group number of the tie group, from 1
   * @param score over the seeds that it is compared on; over its own where it is not
   * @param seeds those seeds, rising
   * @param comparison with the first of its group; of a group's first, with the first of the group
   *     before; null for the very first, and where it is not compared
   * @param withBest comparison with the very first; null likewise
   * @param note what a reader must know of the place, empty if nothing
   */
  public record Place(
      String id,
      int place,
      int group,
      Statistic score,
      List<Long> seeds,
      @Nullable Comparison comparison,
      @Nullable Comparison withBest,
      String note) {
    /** Copies the list. */
    public Place {
      seeds = List.copyOf(seeds);
    }

    /** Returns true if a test tells it from the best, which the best itself is not. */
    public boolean differsFromBest() {
      return withBest != null && withBest.isWorse(LEVEL);
    }
  }

  /**
   * Ranks methods.
   *
   * @param scores by method, then seed; each method has at least one
   */
  public static Ranking of(Map<String, Map<Long, Double>> scores) {
    return TieGroups.of(scores);
  }

  /** Returns what tests over so many seeds can and cannot support. */
  static String caveat(int seeds) {
    if (seeds == 0 || seeds >= ENOUGH_SEEDS) {
      return "";
    }
    if (seeds == 1) {
      return "With 1 seed no difference between methods can be tested: they share one place, and"
          + " their order may be chance.";
    }
    return "With "
        + seeds
        + " seeds the smallest possible two-sided p of the exact Wilcoxon signed-rank test is "
        + SignedRanks.smallestP(seeds)
        + ", so without assuming a distribution no difference can be shown at the level "
        + LEVEL
        + ". Places rest on paired t-tests with "
        + (seeds - 1)
        + (seeds == 2 ? " degree" : " degrees")
        + " of freedom, Holm-corrected over all pairs of methods, which assume normally distributed"
        + " differences. Methods that share a place were not told from its first; that does not show"
        + " that they are equal. At least "
        + ENOUGH_SEEDS
        + " seeds are needed to say more.";
  }
}
