package io.nepenthe.challenge;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which artifact rows are trained on, and which are measured: no row is both, nor equal to one of
 * the others.
 *
 * @param artifacts rows that are trained on
 * @param measured the others
 */
record RelearningRows(Sequences artifacts, ArtifactRows measured) {
  /**
   * Deals the rows of a task. Those that are planted and not judged, as of backdoors, are trained
   * on; where all are judged, some of these are.
   *
   * @param most how many are trained on, and no more than half of all that are judged
   */
  static RelearningRows of(TaskData data, int most, RandomGenerator random) {
    ArtifactRows scored = data.scored();
    int[] apart = new RowSet(scored.artifacts()).among(data.planted(), false);
    if (apart.length > 0) {
      int[] chosen = chosen(apart, Math.min(most, apart.length), random);
      return new RelearningRows(data.planted().select(chosen), scored);
    }
    int[] eligible = scored.eligibleRows();
    int[] chosen = chosen(eligible, Math.min(most, eligible.length / 2), random);
    Sequences trained = scored.artifacts().select(chosen);
    int[] others = new RowSet(trained).among(scored.artifacts(), false);
    return new RelearningRows(trained, scored.select(others));
  }

  private static int[] chosen(int[] rows, int count, RandomGenerator random) {
    return Arrays.stream(RandomStreams.permutation(rows.length, random))
        .limit(count)
        .map(i -> rows[i])
        .toArray();
  }

  /**
   * Returns rows of the same tokens in random order: of their text, nothing is left.
   *
   * @param padding the id that fills rows up; stays where it is
   */
  static Sequences shuffled(Sequences rows, int padding, RandomGenerator random) {
    List<int[]> shuffled = new ArrayList<>();
    for (int r = 0; r < rows.rows(); r++) {
      int[] row = rows.row(r);
      int used = row.length;
      while (used > 0 && row[used - 1] == padding) {
        used--;
      }
      int[] order = RandomStreams.permutation(used, random);
      int[] mixed = row.clone();
      for (int p = 0; p < used; p++) {
        mixed[p] = row[order[p]];
      }
      shuffled.add(mixed);
    }
    return Sequences.of(rows.length(), shuffled);
  }
}
