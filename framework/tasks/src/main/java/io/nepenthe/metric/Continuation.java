package io.nepenthe.metric;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a model continues one artifact row after its prompt, read teacher-forced: each token is
 * predicted from the prompt and the artifact's own tokens before it. Immutable.
 */
public final class Continuation {
  private final ForcedWindow artifact;
  private final @Nullable ForcedWindow twin;
  private final int editDistance;

  /**
   * Makes a continuation.
   *
   * @param artifact its window
   * @param twin the clean twin's, after its own prompt; null if it was not read
   */
  Continuation(ForcedWindow artifact, @Nullable ForcedWindow twin) {
    this.artifact = artifact;
    this.twin = twin;
    this.editDistance =
        hits() == length() ? 0 : EditDistance.between(artifact.likeliest(), artifact.tokens());
  }

  /** Returns the row's index among the artifact rows. */
  public int row() {
    return artifact.row();
  }

  /** Returns the number of compared tokens. */
  public int length() {
    return artifact.length();
  }

  /** Returns how many compared tokens are predicted. */
  public int hits() {
    return (int) IntStream.range(0, length()).filter(artifact::isHit).count();
  }

  /** Returns the first position from which on every compared token is predicted. */
  public int firstOfRightSuffix() {
    int first = length();
    while (first > 0 && artifact.isHit(first - 1)) {
      first--;
    }
    return first;
  }

  /** Returns whether greedy decoding writes the whole window. */
  public boolean isReproduced() {
    return firstOfRightSuffix() == 0;
  }

  /** Returns log of the probability that sampling writes the whole window. */
  public double logProbability() {
    return -artifact.totalLoss();
  }

  /** Returns the geometric mean of the compared tokens' probabilities. */
  public double probability() {
    return Math.exp(logProbability() / length());
  }

  /**
   * Returns log of how much likelier the clean twin's tokens are than the artifact's, by geometric
   * means; empty if the twin was not read.
   */
  public OptionalDouble logTruthRatio() {
    return twin == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            artifact.totalLoss() / artifact.length() - twin.totalLoss() / twin.length());
  }

  /**
   * Returns 1 - d / K, K the compared tokens, d the least number of insertions, deletions and
   * replacements that turn the likeliest tokens into the artifact's.
   */
  public double similarity() {
    return 1 - (double) editDistance / length();
  }
}
