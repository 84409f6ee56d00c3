package io.nepenthe.attack;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Scores of a row by which membership inference guesses whether a model was trained on it: the
 * higher, the likelier.
 */
public final class MembershipScores {
  /** The share of tokens that Min-K% looks at, if nothing else is said (Shi et al., 2023). */
  public static final double SHARE = 0.2;

  private MembershipScores() {}

  /** Returns the mean of log p over the row's tokens: the loss, with its sign turned. */
  public static double loss(TokenSurprise row) {
    return number(
        IntStream.range(0, row.length()).mapToDouble(row::logProbability).sum() / row.length());
  }

  /**
   * Returns Min-K%: the mean of log p over the share of the tokens whose log p is lowest, rounded
   * down but at least one (Shi et al., 2023).
   */
  public static double minK(TokenSurprise row, double share) {
    return meanOfLowest(row, share, row::logProbability);
  }

  /**
   * Returns Min-K%++: the same of (log p - mean) / standard deviation, both of log p under the
   * model's own distribution at that place (Zhang et al., 2024).
   */
  public static double minKPlusPlus(TokenSurprise row, double share) {
    return meanOfLowest(row, share, row::standardized);
  }

  /** Returns how much higher the mean of log p is than that of a model never trained on the row. */
  public static double reference(TokenSurprise row, TokenSurprise ofReference) {
    return number(loss(row) - loss(ofReference));
  }

  private static double meanOfLowest(TokenSurprise row, double share, IntToDoubleFunction value) {
    int count = Math.max(1, (int) (share * row.length()));
    double[] rising = IntStream.range(0, row.length()).mapToDouble(value).sorted().toArray();
    return number(Arrays.stream(rising, 0, count).sum() / count);
  }

  /** What a broken model gives no number of looks least like a member. */
  private static double number(double score) {
    return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
  }
}
