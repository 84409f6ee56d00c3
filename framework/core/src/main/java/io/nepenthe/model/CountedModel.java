package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.LogitLoss;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Predictions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A model that counts the work it is asked for. The unit is the forward pass of one token through
 * all layers and the head. A pass through some of them is the share of weights that it multiplies
 * with; one whose result can be differentiated counts three times, for the gradient is twice as
 * much work again. Attention's products of tokens with tokens, and whatever a caller computes by
 * itself, are not counted.
 *
 * <p>The same calls give the same count on every machine, under any load. May be used by several
 * threads.
 */
public final class CountedModel extends WrappedModel {
  private static final int WITH_GRADIENT = 3;

  private final long[] weightsFrom; // by layer, from it to the last
  private final long weightsOfHead;
  private final AtomicLong products = new AtomicLong(); // tokens times weights

  /** Counts from zero. */
  public CountedModel(LanguageModel model) {
    super(model);
    weightsOfHead = (long) model.vocabulary() * model.width();
    weightsFrom = new long[model.layers() + 1];
    for (int layer = model.layers() - 1; layer >= 0; layer--) {
      weightsFrom[layer] = weightsFrom[layer + 1] + weightsOf(layer);
    }
  }

  private long weightsOf(int layer) {
    return Stream.concat(attending(layer), model.mlp().get(layer).weights().stream())
        .mapToLong(matrix -> model.layout().tensor(matrix).size())
        .sum();
  }

  /** Not every architecture says what its attention is. */
  private Stream<String> attending(int layer) {
    if (layer >= model.attention().size()) {
      return Stream.empty();
    }
    AttentionTensors attention = model.attention().get(layer);
    return Stream.concat(
        attention.in().stream().map(each -> each.map().weight()),
        Stream.of(attention.out().weight()));
  }

  /** Returns the work so far. */
  public double tokens() {
    return (double) products.get() / (weightsFrom[0] + weightsOfHead);
  }

  private NDArray counted(NDArray result, long tokens, long weights) {
    products.addAndGet(tokens * weights * (Ops.requiresGradient(result) ? WITH_GRADIENT : 1));
    return result;
  }

  private static long tokens(NDArray stream) {
    return stream.getShape().get(0) * stream.getShape().get(1); // of (B, T, D)
  }

  @Override
  public NDArray hiddenStates(Parameters parameters, NDArray tokens, Tap tap) {
    return counted(model.hiddenStates(parameters, tokens, tap), tokens.size(), weightsFrom[0]);
  }

  @Override
  public NDArray hiddenStatesFrom(Parameters parameters, int layer, NDArray stream, Tap tap) {
    long tokens = tokens(stream); // before the model, which may have freed it afterwards
    NDArray states = model.hiddenStatesFrom(parameters, layer, stream, tap);
    return counted(states, tokens, weightsFrom[layer]);
  }

  @Override
  public NDArray branches(
      Parameters parameters,
      int layer,
      NDArray stream,
      NDArray attentionMask,
      KeyValueCache cache) {
    long tokens = tokens(stream);
    NDArray states = model.branches(parameters, layer, stream, attentionMask, cache);
    return counted(states, tokens, weightsFrom[layer]);
  }

  @Override
  public NDArray logits(Parameters parameters, NDArray hiddenStates) {
    long tokens = hiddenStates.getShape().get(0);
    NDArray logits = model.logits(parameters, hiddenStates);
    return counted(logits, tokens, weightsOfHead);
  }

  @Override
  public NDArray losses(Parameters parameters, NDArray hiddenStates, NDArray targets) {
    long tokens = hiddenStates.getShape().get(0);
    NDArray losses = model.losses(parameters, hiddenStates, targets);
    return counted(losses, tokens, weightsOfHead);
  }

  @Override
  public NDArray losses(Parameters parameters, NDArray hiddenStates, LogitLoss loss) {
    long tokens = hiddenStates.getShape().get(0);
    NDArray losses = model.losses(parameters, hiddenStates, loss);
    return counted(losses, tokens, weightsOfHead);
  }

  @Override
  public Predictions predictions(
      Parameters parameters, NDArray hiddenStates, NDArray targets, int banned) {
    products.addAndGet(targets.size() * weightsOfHead);
    return model.predictions(parameters, hiddenStates, targets, banned);
  }

  @Override
  public NDArray continueRows(Parameters parameters, NDArray tokens, KeyValueCache cache, Tap tap) {
    NDArray logits = model.continueRows(parameters, tokens, cache, tap);
    counted(logits, tokens.size(), weightsFrom[0]);
    return counted(logits, tokens.getShape().get(0), weightsOfHead);
  }
}
