package io.nepenthe.plugins.integratedgradients;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * What the unmodified model computes on a few rows, without gradients: keys and values, hidden
 * units and streams of every layer. B = rows, P = positions of a span, N = B*P. Close it.
 */
final class OrdinaryPass implements AutoCloseable {
  private final TokenBatch batch;
  private final KeyValueCache cache;
  private final List<NDArray> hidden = new ArrayList<>();
  private final List<NDArray> streams = new ArrayList<>();

  /** Runs the model over a batch. */
  OrdinaryPass(LanguageModel model, Parameters parameters, TokenBatch batch) {
    this.batch = batch;
    this.cache = new KeyValueCache(batch.inputs().getManager());
    Tap recorder = new Recorder();
    Torch.withGradients(
        false, () -> model.continueRows(parameters, batch.inputs(), cache, recorder));
  }

  /** Remembers what flows by; changes nothing. */
  private final class Recorder implements Tap {
    @Override
    public NDArray hidden(int layer, NDArray activation) {
      hidden.add(activation);
      return activation;
    }

    @Override
    public NDArray stream(int layer, NDArray stream) {
      streams.add(stream);
      return stream;
    }
  }

  /** Returns B. */
  int rows() {
    return batch.size();
  }

  /** Returns the keys and values of every token. */
  KeyValueCache cache() {
    return cache;
  }

  /** Returns the layer's hidden units after the activation function, (N, H). */
  NDArray hidden(int layer, Span span) {
    return at(span, hidden.get(layer));
  }

  /** Returns the residual stream that leaves the layer's block, (N, D). */
  NDArray streamAfter(int layer, Span span) {
    return at(span, streams.get(layer + 1));
  }

  private static NDArray at(Span span, NDArray tokens) {
    long units = tokens.getShape().get(2);
    return tokens.get(span.columns()).reshape(-1, units); // (B, T, U) -> (B, P, U) -> (N, U)
  }

  /** Returns the token that follows each position, {@code times} times in a row, (N*times). */
  NDArray targets(Span span, int times) {
    return batch
        .targets()
        .reshape(rows(), -1) // (B*T) -> (B, T)
        .get(span.columns())
        .reshape(-1, 1) // (B, P) -> (N, 1)
        .repeat(1, times)
        .reshape(-1);
  }

  @Override
  public void close() {
    cache.close();
  }
}
