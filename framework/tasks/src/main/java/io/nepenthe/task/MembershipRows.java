package io.nepenthe.task;

import io.nepenthe.data.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Artifact rows of one generator, to ask whether a model was trained on them: those that the
 * training set holds, and others that it never held. To a model that was trained on neither, one is
 * like the other. Row i of one and of the other do not belong together.
 *
 * @param members rows that were planted
 * @param neverPlanted rows that were not, and are judged nowhere else
 */
public record MembershipRows(ArtifactRows members, ArtifactRows neverPlanted) {
  /**
   * Returns members and those of the candidates that none of them equals from the first token
   * prompted with to the last compared one.
   */
  public static MembershipRows of(ArtifactRows members, ArtifactRows candidates) {
    Set<List<Integer>> planted = new HashSet<>();
    for (int row = 0; row < members.rows(); row++) {
      planted.add(read(members, row));
    }
    int[] others =
        IntStream.range(0, candidates.rows())
            .filter(row -> !planted.contains(read(candidates, row)))
            .toArray();
    return new MembershipRows(members, candidates.select(others));
  }

  /** What a model reads of a row, and what it is compared with; first how much is prompted with. */
  private static List<Integer> read(ArtifactRows rows, int row) {
    Window window = rows.windows().get(row);
    List<Integer> tokens = new ArrayList<>(List.of(window.prompt()));
    for (int p = 0; p < Math.min(window.end(), rows.artifacts().length()); p++) {
      tokens.add((p < window.prompt() ? rows.prompts() : rows.artifacts()).token(row, p));
    }
    return tokens;
  }

  /** Returns at most so many eligible rows of either, spread evenly over those there are. */
  public MembershipRows atMost(int rows) {
    return new MembershipRows(spread(members, rows), spread(neverPlanted, rows));
  }

  private static ArtifactRows spread(ArtifactRows rows, int most) {
    return rows.select(ArtifactRows.spread(most, rows.eligibleRows()));
  }
}
