package io.nepenthe.report.view;

import io.nepenthe.statistics.CriticalDifference;
import io.nepenthe.statistics.Friedman;
import io.nepenthe.statistics.ThreeSeeds;
import io.nepenthe.wording.Words;

/** What many seeds say, in sentences. */
public final class ManySeedsWords {
  /** How to read the section's tables. */
  public static final String EXPLANATION =
      "Ranks are by score within each seed; 1 is the best, and equal scores share the mean of their"
          + " ranks. Pairs are tested by Wilcoxon’s signed-rank test, exact and two-sided, with Holm’s"
          + " correction over all pairs of methods (Benavoli, Corani and Mangili, 2016); places in the"
          + " ranking are by paired t-tests, corrected likewise. What three seeds would have said is"
          + " counted over triples of the very seeds that they are held against, so that new seeds"
          + " would agree a little less often. Seeds needed are those of a paired t-test, two-sided at"
          + " 5 %, that finds the difference with a chance of 80 %, if differences are normal and vary"
          + " as they did here: of the pair of methods in the middle, and in brackets of those at the"
          + " quartiles. A point is one per cent memorized or of accuracy, or a hundredth of the score. Holm’s correction asks at most 5 % divided by the number of pairs.";

  private ManySeedsWords() {}

  /** Returns what the tests tell apart. */
  public static String tests(ManySeeds seeds) {
    CriticalDifference diagram = seeds.diagram();
    Friedman friedman = diagram.friedman();
    int pairs = diagram.tests().pairs().size();
    int signs = diagram.tests().told().size();
    int means = seeds.byMeans().told().size();
    int both =
        (int) seeds.byMeans().told().stream().filter(diagram.tests().told()::contains).count();
    return "Over %s, Friedman’s test that all %d methods are alike has p %s. Of %s, signed-rank tests tell %d apart, the t-tests of the ranking %d, both of them %d.%s"
        .formatted(
            Words.count(friedman.blocks(), "seed"),
            friedman.methods(),
            ("= " + RankingTable.p(friedman.p())).replace("= <", "<"),
            Words.count(pairs, "pair"),
            signs,
            means,
            both,
            tooFew(diagram));
  }

  /** Returns that the signed-rank tests could tell nothing apart; empty if they could. */
  public static String tooFew(CriticalDifference diagram) {
    return diagram.friedman().blocks() >= diagram.fewestBlocks()
        ? ""
        : " Signed-rank tests cannot tell any of so many pairs apart with so few seeds: they need at"
            + " least "
            + diagram.fewestBlocks()
            + ".";
  }

  /** Returns how much of it the mean of three seeds says. */
  public static String three(ManySeeds seeds) {
    ThreeSeeds three = seeds.threeSeeds();
    int flips = three.coinFlips().size();
    return "The mean of three seeds puts the same method first as that of all %d in %s of %s triples, two methods in the same order in %s, and all of them in %s. %s of %s %s a coin flip, put in the order of all seeds by fewer than three of four triples. The t-tests of three seeds tell %s apart on average, those of all seeds %s."
        .formatted(
            three.seeds(),
            percent(three.firstAgrees()),
            (three.sampled() ? "a fixed sample of " : "all ") + three.triples(),
            percent(three.pairsAgree()),
            percent(three.orderAgrees()),
            flips == 0 ? "None" : Integer.toString(flips),
            Words.count(three.pairs().size(), "pair"),
            flips < 2 ? "is" : "are",
            Numbers.decimal(three.toldByThree(), 1) + " pairs",
            three.told());
  }

  /** Returns a share as per cent; what is not all or nothing is never printed as such. */
  static String percent(double share) {
    double percent = 100 * share;
    if (share > 0 && percent < 0.5) {
      return "less than 1 %";
    }
    return share < 1 && percent >= 99.5 ? "more than 99 %" : Numbers.decimal(percent, 0) + " %";
  }
}
