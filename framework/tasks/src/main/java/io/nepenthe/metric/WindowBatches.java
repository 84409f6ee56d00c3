package io.nepenthe.metric;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Prompts rows and forces a continuation upon them, batch by batch. */
public final class WindowBatches {
  private final ArtifactRows data;
  private final LanguageModel model;
  private final NDManager manager;

  /**
   * Makes batches of a size that suits a model.
   *
   * @param manager on the device that reads them
   */
  public WindowBatches(ArtifactRows data, LanguageModel model, NDManager manager) {
    this.data = data;
    this.model = model;
    this.manager = manager;
  }

  /**
   * Hands on batches, rows of one length together; their arrays live no longer than the call.
   *
   * @param prompts whole rows that begin with the prompts
   * @param forced whole rows that hold the continuations
   */
  public void forEach(Sequences prompts, Sequences forced, int[] rows, Consumer<WindowBatch> use) {
    int[] byLength =
        IntStream.of(rows)
            .boxed()
            .sorted(Comparator.comparing(row -> window(row).end()))
            .mapToInt(row -> row)
            .toArray();
    int most = IntStream.of(rows).map(row -> window(row).end()).max().orElse(1);
    int atOnce = RowsAtOnce.of(model, most, manager.getDevice());
    for (int from = 0; from < rows.length; from += atOnce) {
      int[] batch = Arrays.copyOfRange(byLength, from, Math.min(from + atOnce, rows.length));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        use.accept(batch(prompts, forced, batch));
      }
    }
  }

  private WindowBatch batch(Sequences prompts, Sequences forced, int... rows) {
    int width = window(rows[rows.length - 1]).end() - 1; // nothing is predicted from the last
    int compared = IntStream.of(rows).map(row -> window(row).compare()).sum();
    long[] tokens = new long[rows.length * width];
    long[] places = new long[compared];
    long[] targets = new long[compared];
    int next = 0;
    for (int r = 0; r < rows.length; r++) {
      Window window = window(rows[r]);
      for (int p = 0; p < Math.min(width, window.end()); p++) {
        Sequences source = p < window.prompt() ? prompts : forced;
        tokens[r * width + p] = source.token(rows[r], p);
      }
      for (int p = window.prompt(); p < window.end(); p++) {
        places[next] = (long) r * width + p - 1;
        targets[next++] = forced.token(rows[r], p);
      }
    }
    return new WindowBatch(
        rows,
        Torch.longs(manager, tokens, rows.length, width),
        Torch.longs(manager, places, compared),
        Torch.longs(manager, targets, compared));
  }

  private Window window(int row) {
    return data.windows().get(row);
  }
}
