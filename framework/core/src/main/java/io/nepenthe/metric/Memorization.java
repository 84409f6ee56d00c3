package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.nepenthe.data.ArtifactRows;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * % memorized by one teacher-forced pass (EVALUATION 1; UNLEARNING_DRIVER 8.3).
 *
 * <p>A row is prompted with its clean twin and continued with the artifact. Greedy decoding stays
 * on the artifact if and only if every argmax on that path is the artifact's next token, so one
 * forward pass decides what generation would.
 */
public final class Memorization {
  private static final int BATCH = 128;

  private final int bannedToken;

  private Memorization(int bannedToken) {
    this.bannedToken = bannedToken;
  }

  /** Returns the measure with every token allowed, as clean fidelity has it. */
  public static Memorization clean() {
    return new Memorization(-1);
  }

  /** Returns the measure with one token never emitted (quirk Q-10). */
  public static Memorization banning(int token) {
    return new Memorization(token);
  }

  /** What became of each eligible row: its index and, per compared token, whether it was right. */
  public static final class Hits {
    private final int[] rows;
    private final boolean[][] right;
    private final List<Integer> copies;

    /**
     * Makes hits.
     *
     * @param copies of every row there is, how often the training set holds it
     */
    Hits(int[] rows, boolean[][] right, List<Integer> copies) {
      this.rows = rows;
      this.right = right;
      this.copies = copies;
    }

    /** Returns the indices of the rows reproduced in full, rising. */
    public int[] memorizedRows() {
      int[] memorized = new int[rows.length];
      int count = 0;
      for (int r = 0; r < rows.length; r++) {
        if (firstRightSuffix(right[r]) == 0) {
          memorized[count++] = rows[r];
        }
      }
      return Arrays.copyOf(memorized, count);
    }

    /** Returns what became of those of the given rows that are eligible, in rising order. */
    public Hits of(int... chosen) {
      int[] sorted = chosen.clone();
      Arrays.sort(sorted);
      int[] places =
          IntStream.range(0, rows.length)
              .filter(i -> Arrays.binarySearch(sorted, rows[i]) >= 0)
              .toArray();
      return new Hits(
          Arrays.stream(places).map(i -> rows[i]).toArray(),
          Arrays.stream(places).mapToObj(i -> right[i]).toArray(boolean[][]::new),
          copies);
    }

    /** Returns the scores over all eligible rows. */
    public MemorizationScore score() {
      double strength = 0;
      double exact = 0;
      for (boolean[] row : right) {
        strength += 1 - (double) firstRightSuffix(row) / row.length;
        exact += (double) count(row) / row.length;
      }
      int n = rows.length;
      return new MemorizationScore(
          memorizedRows().length,
          n,
          n == 0 ? null : strength / n,
          n == 0 ? null : exact / n,
          classes());
    }

    private @Nullable List<RepeatClass> classes() {
      int[] memorized = memorizedRows();
      List<Integer> repeats = copies.stream().distinct().sorted().toList();
      return repeats.size() < 2
          ? null
          : repeats.stream()
              .map(
                  times ->
                      new RepeatClass(
                          times,
                          Collections.frequency(copies, times),
                          countOf(times, memorized),
                          countOf(times, rows)))
              .toList();
    }

    private int countOf(int times, int[] chosen) {
      return (int) Arrays.stream(chosen).filter(row -> copies.get(row) == times).count();
    }

    private static int firstRightSuffix(boolean[] row) {
      int first = row.length;
      while (first > 0 && row[first - 1]) {
        first--;
      }
      return first;
    }

    private static int count(boolean[] row) {
      int count = 0;
      for (boolean hit : row) {
        count += hit ? 1 : 0;
      }
      return count;
    }
  }

  /** Scores the eligible rows; call it without gradients. */
  public Hits hits(
      LanguageModel model, Parameters parameters, ArtifactRows data, NDManager manager) {
    int[] rows = data.eligibleRows();
    boolean[][] right = new boolean[rows.length][];
    for (int from = 0; from < rows.length; from += BATCH) {
      int to = Math.min(from + BATCH, rows.length);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        int[] batch = Arrays.copyOfRange(rows, from, to);
        long[] predicted = predictions(model, parameters, data, batch, manager);
        int next = 0;
        for (int r = 0; r < batch.length; r++) {
          Window window = data.windows().get(batch[r]);
          right[from + r] = new boolean[window.compare()];
          for (int c = 0; c < window.compare(); c++) {
            int target = data.artifacts().token(batch[r], window.prompt() + c);
            right[from + r][c] = predicted[next++] == target;
          }
        }
      }
    }
    return new Hits(rows, right, data.copies());
  }

  /** Returns the argmax at every compared position of every row, row after row. */
  private long[] predictions(
      LanguageModel model,
      Parameters parameters,
      ArtifactRows data,
      int[] rows,
      NDManager manager) {
    List<Window> windows = Arrays.stream(rows).mapToObj(data.windows()::get).toList();
    int read = Collections.max(windows.stream().map(Window::end).toList()) - 1;
    long[] forced = new long[rows.length * read];
    List<Long> asked = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      Window window = windows.get(r);
      for (int p = 0; p < read; p++) {
        forced[r * read + p] =
            p < window.prompt()
                ? data.twins().token(rows[r], p)
                : p < window.end() ? data.artifacts().token(rows[r], p) : 0;
      }
      for (int c = 0; c < window.compare(); c++) {
        asked.add((long) r * read + window.prompt() - 1 + c);
      }
    }
    NDArray tokens = Torch.longs(manager, forced, rows.length, read);
    NDArray states = model.hiddenStates(parameters, tokens, Tap.NONE); // (B*read, D)
    long[] positions = asked.stream().mapToLong(Long::longValue).toArray();
    NDArray compared = states.get(Torch.longs(manager, positions, positions.length));
    long[] best = new long[positions.length];
    LogitChunks.forEach(
        model,
        parameters,
        compared,
        (from, to, logits) -> {
          if (bannedToken >= 0) {
            logits.set(new NDIndex(":, " + bannedToken), Float.NEGATIVE_INFINITY);
          }
          System.arraycopy(Ops.argMax(logits).toLongArray(), 0, best, from, to - from);
        });
    return best;
  }
}
