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

/**
 * How artifact rows are continued, by one teacher-forced pass (EVALUATION 1; UNLEARNING_DRIVER
 * 8.3).
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

  /** Continues the eligible rows; call it without gradients. */
  public Continuations continuations(
      LanguageModel model, Parameters parameters, ArtifactRows data, NDManager manager) {
    int[] rows = data.eligibleRows();
    List<Continuation> continuations = new ArrayList<>();
    for (int from = 0; from < rows.length; from += BATCH) {
      int[] batch = Arrays.copyOfRange(rows, from, Math.min(from + BATCH, rows.length));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        long[] predicted = predictions(model, parameters, data, batch, manager);
        int next = 0;
        for (int row : batch) {
          Window window = data.windows().get(row);
          int[] planted = new int[window.compare()];
          int[] likeliest = new int[window.compare()];
          for (int c = 0; c < window.compare(); c++) {
            planted[c] = data.artifacts().token(row, window.prompt() + c);
            likeliest[c] = (int) predicted[next++];
          }
          continuations.add(new Continuation(row, planted, likeliest));
        }
      }
    }
    return new Continuations(continuations, data.copies());
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
