package io.nepenthe.data;

import io.nepenthe.protocol.ContentHash;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Runs of n tokens that decoding must not complete (MemFree decoding: Ippolito et al., 2023), as an
 * exact set. Immutable.
 */
public final class BlockedNgrams {
  /** Nothing is blocked. */
  public static final BlockedNgrams NONE = new BlockedNgrams(Sequences.empty(1));

  private static final int[] NO_TOKENS = {};

  private final Sequences ngrams;
  private final Map<IntBuffer, int[]> completions;

  private BlockedNgrams(Sequences ngrams) {
    this.ngrams = ngrams;
    this.completions = completions(ngrams);
  }

  /**
   * Returns a set of n-grams; equal ones count once, and their order does not.
   *
   * @param ngrams rows of n tokens each; no rows block nothing
   * @throws IllegalArgumentException if a token is negative
   */
  public static BlockedNgrams of(Sequences ngrams) {
    if (ngrams.isEmpty()) {
      return NONE;
    }
    List<int[]> sorted =
        IntStream.range(0, ngrams.rows()).mapToObj(ngrams::row).sorted(Arrays::compare).toList();
    if (sorted.stream().flatMapToInt(Arrays::stream).anyMatch(token -> token < 0)) {
      throw new IllegalArgumentException("a blocked n-gram has a negative token");
    }
    List<int[]> distinct =
        IntStream.range(0, sorted.size())
            .filter(i -> i == 0 || !Arrays.equals(sorted.get(i - 1), sorted.get(i)))
            .mapToObj(sorted::get)
            .toList();
    return new BlockedNgrams(Sequences.of(ngrams.length(), distinct));
  }

  /** What ends n-grams, rising, by the tokens before it. */
  private static Map<IntBuffer, int[]> completions(Sequences sorted) {
    Map<IntBuffer, IntStream.Builder> ends = new HashMap<>();
    for (int i = 0; i < sorted.rows(); i++) {
      int[] ngram = sorted.row(i);
      ends.computeIfAbsent(IntBuffer.wrap(ngram, 0, ngram.length - 1), key -> IntStream.builder())
          .add(ngram[ngram.length - 1]);
    }
    Map<IntBuffer, int[]> found = new HashMap<>();
    ends.forEach((before, tokens) -> found.put(before, tokens.build().toArray()));
    return found;
  }

  /** Returns the n-grams in lexicographic order, one a row. */
  public Sequences ngrams() {
    return ngrams;
  }

  /** Returns how many there are. */
  public int size() {
    return ngrams.rows();
  }

  /** Returns true if nothing is blocked. */
  public boolean isEmpty() {
    return ngrams.isEmpty();
  }

  /**
   * Returns which tokens would complete an n-gram, rising.
   *
   * @param tokens that there are
   * @param end how many of them come before
   */
  public int[] after(int[] tokens, int end) {
    int before = ngrams.length() - 1;
    return isEmpty() || end < before
        ? NO_TOKENS
        : completions.getOrDefault(IntBuffer.wrap(tokens, end - before, before), NO_TOKENS).clone();
  }

  /**
   * Returns a hash of a model in use: of its weights, and of what is blocked when it decodes.
   *
   * @param weights hash of the weights; it is the whole where nothing is blocked
   */
  public String hashWith(String weights) {
    return isEmpty() ? weights : ContentHash.of(weights + " " + ngrams.hash());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockedNgrams that && ngrams.equals(that.ngrams);
  }

  @Override
  public int hashCode() {
    return ngrams.hashCode();
  }

  @Override
  public String toString() {
    return isEmpty() ? "no n-grams" : size() + " n-grams of " + ngrams.length() + " tokens";
  }
}
