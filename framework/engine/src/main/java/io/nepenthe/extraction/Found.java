package io.nepenthe.extraction;

import io.nepenthe.metric.Extractability;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window that a model has memorized, as a line of the file of what was found.
 *
 * @param ids its tokens
 * @param prompt how many of them are the prompt
 * @param compare how many are compared
 * @param match {@code exact}, or {@code near}
 * @param similarity of what greedy decoding writes
 * @param logProbability that sampling writes the rest, log of the product of the probabilities of
 *     its tokens
 * @param extractableIn n of (n, 1/2)-discoverable extraction; null if that is above 10^9
 * @param source file it is from
 * @param document number of its document there
 * @param offset tokens before it in the document
 * @param copies windows of the corpus that are the same
 * @param alike other windows, found as well, that are left out because they are much like this one
 * @param text what the tokens say; null without a tokenizer
 */
public record Found(
    List<Integer> ids,
    int prompt,
    int compare,
    String match,
    double similarity,
    double logProbability,
    @Nullable Long extractableIn,
    String source,
    long document,
    long offset,
    int copies,
    int alike,
    @Nullable String text) {
  private static final double PROBABILITY = 0.5;
  private static final double MOST_SAMPLES = 1e9;
  private static final double DIGITS = 1e4;
  private static final String EXACT = "exact";

  /** Copies the list. */
  public Found {
    ids = List.copyOf(ids);
  }

  static Found of(
      CorpusWindow window,
      Search search,
      double similarity,
      double logProbability,
      @Nullable String text) {
    double rounded = Math.round(logProbability * DIGITS) / DIGITS;
    double samples = Extractability.samples(logProbability, PROBABILITY);
    return new Found(
        Arrays.stream(window.ids).boxed().toList(),
        search.prompt(),
        search.compare(),
        similarity == 1 ? EXACT : "near",
        Math.round(similarity * DIGITS) / DIGITS,
        rounded,
        samples <= MOST_SAMPLES ? (long) samples : null,
        window.source,
        window.document,
        window.offset,
        1,
        0,
        text);
  }

  /** Returns whether greedy decoding writes all of it. */
  boolean isExact() {
    return match.equals(EXACT);
  }

  /** Returns it with what is known when all is found. */
  Found standingFor(int same, int others) {
    return new Found(
        ids,
        prompt,
        compare,
        match,
        similarity,
        logProbability,
        extractableIn,
        source,
        document,
        offset,
        same,
        others,
        text);
  }
}
