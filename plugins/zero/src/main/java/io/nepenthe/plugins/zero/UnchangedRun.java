package io.nepenthe.plugins.zero;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.training.TokenBatch;

/**
 * One mini-batch in the unchanged model: the hidden units of every layer and the streams between
 * the blocks. B = rows, T = tokens of a row, N = B*T. Its arrays belong to the scope it is made in.
 */
final class UnchangedRun implements Tap {
  private final LanguageModel model;
  private final Parameters parameters;
  private final TokenBatch batch;
  private final NDArray[] hidden;
  private final NDArray[] streams;
  private final NDArray losses;

  private UnchangedRun(LanguageModel model, Parameters parameters, TokenBatch batch) {
    this.model = model;
    this.parameters = parameters;
    this.batch = batch;
    this.hidden = new NDArray[model.layers()];
    this.streams = new NDArray[model.layers() + 1];
    this.losses = losses(model.hiddenStates(parameters, batch.inputs(), this), batch.targets());
  }

  /** Runs the mini-batch. */
  static UnchangedRun of(LanguageModel model, Parameters parameters, TokenBatch batch) {
    return new UnchangedRun(model, parameters, batch);
  }

  @Override
  public NDArray hidden(int layer, NDArray activation) {
    hidden[layer] = activation;
    return activation;
  }

  @Override
  public NDArray stream(int layer, NDArray stream) {
    streams[layer] = stream;
    return stream;
  }

  LanguageModel model() {
    return model;
  }

  Parameters parameters() {
    return parameters;
  }

  /** Returns a layer's hidden units, (B, T, H). */
  NDArray hidden(int layer) {
    return hidden[layer];
  }

  /** Returns the stream that leaves a layer's block, (B, T, D). */
  NDArray leaving(int layer) {
    return streams[layer + 1];
  }

  /** Returns what a layer's MLP writes, (B, T, D), if its hidden units are these, (B, T, H). */
  NDArray written(int layer, NDArray units) {
    long batch = units.getShape().get(0);
    NDArray rows = units.reshape(-1, model.hiddenUnits()); // (B, T, H) -> (N, H)
    NDArray written = model.mlp().get(layer).out().apply(parameters, rows, batch);
    return written.reshape(batch, -1, model.width());
  }

  /** Returns what of this a layer's MLP adds to the stream, the same array if it adds all of it. */
  NDArray added(int layer, NDArray written) {
    return model.addedByMlp(parameters, layer, written);
  }

  /** Returns the tokens to predict, (N), int64. */
  NDArray targets() {
    return batch.targets();
  }

  /** Returns the loss of every token, (N). */
  NDArray losses() {
    return losses;
  }

  /** Returns the loss of every token if a layer's block left another stream, (C, T, D) to (C*T). */
  NDArray lossesAfter(int layer, NDArray stream, NDArray targets) {
    return losses(model.hiddenStatesFrom(parameters, layer + 1, stream, Tap.NONE), targets);
  }

  private NDArray losses(NDArray states, NDArray targets) {
    return model.losses(parameters, states, targets);
  }
}
