package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Predictions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reads what a model predicts in the windows of rows. */
final class WindowReader {
  private final LanguageModel model;
  private final Parameters parameters;
  private final ArtifactRows data;
  private final int bannedToken;
  private final BlockedNgrams blocked;
  private final GreedyChoice choice;
  private final WindowBatches batches;

  /**
   * Reads by a model.
   *
   * @param bannedToken an id never emitted, or -1; losses are the model's own all the same
   * @param blocked n-grams that are never completed; losses are the model's own here, too
   */
  WindowReader(
      LanguageModel model,
      Parameters parameters,
      ArtifactRows data,
      int bannedToken,
      BlockedNgrams blocked,
      NDManager manager) {
    this.model = model;
    this.parameters = parameters;
    this.data = data;
    this.bannedToken = bannedToken;
    this.blocked = blocked;
    this.choice = new GreedyChoice(model, parameters, blocked, bannedToken);
    this.batches = new WindowBatches(data, model, manager);
  }

  /**
   * Reads windows of rows; call it without gradients.
   *
   * @param prompts whole rows that begin with the prompts
   * @param forced whole rows that hold the continuations
   * @return one window a row, in the order of the rows
   */
  List<ForcedWindow> read(Sequences prompts, Sequences forced, int... rows) {
    Map<Integer, ForcedWindow> read = new HashMap<>();
    batches.forEach(prompts, forced, rows, batch -> readBatch(prompts, forced, batch, read));
    return IntStream.of(rows).mapToObj(read::get).toList();
  }

  private void readBatch(
      Sequences prompts, Sequences forced, WindowBatch batch, Map<Integer, ForcedWindow> read) {
    NDArray states = batch.states(model, parameters);
    Predictions predictions = model.predictions(parameters, states, batch.targets(), bannedToken);
    int[] emitted = choice.of(states, predictions, blockedAt(prompts, forced, batch.rows()));
    int from = 0;
    for (int row : batch.rows()) {
      read.put(row, forcedWindow(forced, row, predictions, emitted, from));
      from += window(row).compare();
    }
  }

  /** Returns which tokens would complete an n-gram at each compared one, row after row. */
  private IntFunction<int[]> blockedAt(Sequences prompts, Sequences forced, int... rows) {
    List<int[]> found = new ArrayList<>();
    if (!blocked.isEmpty()) {
      for (int row : rows) {
        Window window = window(row);
        int[] read = forced.row(row);
        System.arraycopy(prompts.row(row), 0, read, 0, window.prompt());
        for (int p = window.prompt(); p < window.end(); p++) {
          found.add(blocked.after(read, p));
        }
      }
    }
    return found::get;
  }

  private ForcedWindow forcedWindow(
      Sequences forced, int row, Predictions predictions, int[] emitted, int from) {
    Window window = window(row);
    int[] tokens = new int[window.compare()];
    int[] likeliest = new int[tokens.length];
    float[] losses = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = forced.token(row, window.prompt() + i);
      likeliest[i] = emitted[from + i];
      losses[i] = predictions.loss(from + i);
    }
    return new ForcedWindow(row, tokens, likeliest, losses);
  }

  private Window window(int row) {
    return data.windows().get(row);
  }
}
