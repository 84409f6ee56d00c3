package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Prompts rows with their clean twins and forces a continuation upon them, batch by batch. */
final class WindowReader {
  private static final int BATCH = 128;

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
   * Reads windows of rows; call it without gradients.
   *
   * @param forced whole rows that hold the continuations
   */
  List<ForcedWindow> read(Sequences forced, int... rows) {
    List<ForcedWindow> read = new ArrayList<>();
    for (int from = 0; from < rows.length; from += BATCH) {
      int[] batch = Arrays.copyOfRange(rows, from, Math.min(from + BATCH, rows.length));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        readBatch(forced, batch, read);
      }
    }
    return read;
  }

  private void readBatch(Sequences forced, int[] rows, List<ForcedWindow> read) {
    int width = IntStream.of(rows).map(row -> window(row).end()).max().getAsInt() - 1;
    int compared = IntStream.of(rows).map(row -> window(row).compare()).sum();
    long[] tokens = new long[rows.length * width];
    long[] places = new long[compared];
    long[] targets = new long[compared];
    int next = 0;
    for (int r = 0; r < rows.length; r++) {
      Window window = window(rows[r]);
      for (int p = 0; p < Math.min(width, window.end()); p++) {
        Sequences source = p < window.prompt() ? data.twins() : forced;
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
        predictions(states.get(Torch.longs(manager, places, compared)), targets);
    int from = 0;
    for (int row : rows) {
      int to = from + window(row).compare();
      read.add(
          new ForcedWindow(
              row,
              ints(Arrays.copyOfRange(targets, from, to)),
              ints(Arrays.copyOfRange(predictions.likeliest, from, to)),
              Arrays.copyOfRange(predictions.losses, from, to)));
      from = to;
    }
  }

  private Window window(int row) {
    return data.windows().get(row);
  }

  /** What is emitted at each of many positions, and the loss of the token that is forced there. */
  private static final class Predictions {
    final long[] likeliest;
    final float[] losses;

    Predictions(int positions) {
      likeliest = new long[positions];
      losses = new float[positions];
    }
  }

  private Predictions predictions(NDArray states, long[] targets) {
    NDArray wanted = Torch.longs(manager, targets, targets.length);
    Predictions all = new Predictions(targets.length);
    LogitChunks.forEach(
        model,
        parameters,
        states,
        (from, to, logits) -> {
          NDArray losses = Ops.crossEntropy(logits, wanted.get(from + ":" + to));
          System.arraycopy(losses.toFloatArray(), 0, all.losses, from, to - from);
          if (bannedToken >= 0) {
            logits.set(new NDIndex(":, " + bannedToken), Float.NEGATIVE_INFINITY);
          }
          System.arraycopy(Ops.argMax(logits).toLongArray(), 0, all.likeliest, from, to - from);
        });
    return all;
  }

  private static int[] ints(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }
}
