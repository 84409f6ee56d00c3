package io.nepenthe.metric;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.tensor.Predictions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads what a model predicts in the windows of rows. */
final class WindowReader {
  private final LanguageModel model;
  private final Parameters parameters;
  private final ArtifactRows data;
  private final int bannedToken;
  private final WindowBatches batches;

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
    batches.forEach(prompts, forced, rows, batch -> readBatch(forced, batch, read));
    return IntStream.of(rows).mapToObj(read::get).toList();
  }

  private void readBatch(Sequences forced, WindowBatch batch, Map<Integer, ForcedWindow> read) {
    Predictions predictions =
        model.predictions(
            parameters, batch.states(model, parameters), batch.targets(), bannedToken);
    int from = 0;
    for (int row : batch.rows()) {
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
