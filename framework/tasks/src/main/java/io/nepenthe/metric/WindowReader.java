package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Predictions;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Prompts rows and forces a continuation upon them, batch by batch. */
final class WindowReader {
  private final LanguageModel model;
  private final Parameters parameters;
  private final ArtifactRows data;
  private final int bannedToken;
  private final NDManager manager;

  /**
   * Reads by a model.
   *
   * @param bannedToken an id never emitted, or -1; losses are the model's own all the same
   */
  WindowReader(
      LanguageModel model,
      Parameters parameters,
      ArtifactRows data,
      int bannedToken,
      NDManager manager) {
    this.model = model;
    this.parameters = parameters;
    this.data = data;
    this.bannedToken = bannedToken;
    this.manager = manager;
  }

  /**
   * Reads windows of rows, those of one length together; call it without gradients.
   *
   * @param prompts whole rows that begin with the prompts
   * @param forced whole rows that hold the continuations
   * @return one window a row, in the order of the rows
   */
  List<ForcedWindow> read(Sequences prompts, Sequences forced, int... rows) {
    int[] byLength =
        IntStream.of(rows)
            .boxed()
            .sorted(Comparator.comparing(row -> window(row).end()))
            .mapToInt(row -> row)
            .toArray();
    Map<Integer, ForcedWindow> read = new HashMap<>();
    int most = IntStream.of(rows).map(row -> window(row).end()).max().orElse(1);
    int atOnce = RowsAtOnce.of(model, most, manager.getDevice());
    for (int from = 0; from < rows.length; from += atOnce) {
      int[] batch = Arrays.copyOfRange(byLength, from, Math.min(from + atOnce, rows.length));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        readBatch(prompts, forced, batch, read);
      }
    }
    return IntStream.of(rows).mapToObj(read::get).toList();
  }

  private void readBatch(
      Sequences prompts, Sequences forced, int[] rows, Map<Integer, ForcedWindow> read) {
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
    NDArray states =
        model.hiddenStates(
            parameters, Torch.longs(manager, tokens, rows.length, width), Tap.NONE); // (B*T, D)
    Predictions predictions =
        model.predictions(
            parameters,
            states.get(Torch.longs(manager, places, compared)),
            Torch.longs(manager, targets, compared),
            bannedToken);
    int from = 0;
    for (int row : rows) {
      read.put(row, forcedWindow(forced, row, predictions, from));
      from += window(row).compare();
    }
  }

  private ForcedWindow forcedWindow(Sequences forced, int row, Predictions predictions, int from) {
    Window window = window(row);
    int[] tokens = new int[window.compare()];
    int[] likeliest = new int[tokens.length];
    float[] losses = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = forced.token(row, window.prompt() + i);
      likeliest[i] = predictions.likeliest(from + i);
      losses[i] = predictions.loss(from + i);
    }
    return new ForcedWindow(row, tokens, likeliest, losses);
  }

  private Window window(int row) {
    return data.windows().get(row);
  }
}
