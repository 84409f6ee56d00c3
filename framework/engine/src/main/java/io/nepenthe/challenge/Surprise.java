package io.nepenthe.challenge;

import io.nepenthe.attack.TokenSurprise;
import io.nepenthe.statistics.RocArea;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How surprising planted rows, and rows that were never planted, are to one model.
 *
 * @param members of each planted row
 * @param neverPlanted of each other row
 */
record Surprise(List<TokenSurprise> members, List<TokenSurprise> neverPlanted) {
  /** Copies the lists. */
  Surprise {
    members = List.copyOf(members);
    neverPlanted = List.copyOf(neverPlanted);
  }

  /** Returns how well a score tells planted rows from the others; empty without rows. */
  Optional<RocArea> area(ToDoubleFunction<TokenSurprise> score) {
    return RocArea.of(scores(members, score), scores(neverPlanted, score));
  }

  /** Returns the same of a score that looks at another model's reading of the row, too. */
  Optional<RocArea> area(Surprise reference, Score score) {
    return RocArea.of(
        scores(members, reference.members, score),
        scores(neverPlanted, reference.neverPlanted, score));
  }

  /** A score of a row by two models. */
  @FunctionalInterface
  interface Score {
    /** Returns it. */
    double of(TokenSurprise row, TokenSurprise ofReference);
  }

  static double[] scores(List<TokenSurprise> rows, ToDoubleFunction<TokenSurprise> score) {
    return rows.stream().mapToDouble(score).toArray();
  }

  private static double[] scores(
      List<TokenSurprise> rows, List<TokenSurprise> ofReference, Score score) {
    return IntStream.range(0, rows.size())
        .mapToDouble(row -> score.of(rows.get(row), ofReference.get(row)))
        .toArray();
  }
}
