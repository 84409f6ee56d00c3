package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;

/**
 * A model in which every block begins by multiplying the residual stream by a factor of the
 * position, the skip path included. A tap sees the stream before that.
 */
public final class PositionGatedModel extends WrappedModel {
  private final float[] factors;

  /** Gates a model by factors that fit it. */
  public PositionGatedModel(LanguageModel model, float[] factors) {
    super(model);
    requireFitting(model, factors);
    this.factors = factors.clone();
  }

  /** Throws unless there is one finite factor for each position the model can read. */
  public static void requireFitting(LanguageModel model, float[] factors) {
    if (factors.length != model.positions()) {
      throw new IllegalArgumentException(
          factors.length + " position factors for a model of " + model.positions() + " positions");
    }
    for (int position = 0; position < factors.length; position++) {
      if (!Float.isFinite(factors[position])) {
        throw new IllegalArgumentException(
            "the factor of position " + position + " is " + factors[position]);
      }
    }
  }

  @Override
  public NDArray hiddenStates(Parameters parameters, NDArray tokens, Tap tap) {
    return model.hiddenStates(parameters, tokens, new Gate(tap, 0));
  }

  @Override
  public NDArray hiddenStatesFrom(Parameters parameters, int layer, NDArray stream, Tap tap) {
    return model.hiddenStatesFrom(parameters, layer, stream, new Gate(tap, 0));
  }

  @Override
  public NDArray continueRows(Parameters parameters, NDArray tokens, KeyValueCache cache, Tap tap) {
    return model.continueRows(parameters, tokens, cache, new Gate(tap, cache.length()));
  }

  /** Fails: which position a branch takes the place of is not known here. */
  @Override
  public NDArray branches(
      Parameters parameters,
      int layer,
      NDArray stream,
      NDArray attentionMask,
      KeyValueCache cache) {
    throw new UnsupportedOperationException("a model with position factors has no branches");
  }

  private final class Gate implements Tap {
    private final Tap tap;
    private final int first;

    Gate(Tap tap, long first) {
      this.tap = tap;
      this.first = Math.toIntExact(first);
    }

    @Override
    public NDArray hidden(int layer, NDArray activation) {
      return tap.hidden(layer, activation);
    }

    @Override
    public NDArray stream(int layer, NDArray stream) {
      NDArray tapped = tap.stream(layer, stream);
      return layer < model.layers() ? tapped.mul(factorsFor(tapped)) : tapped; // (B, T, D)
    }

    private NDArray factorsFor(NDArray stream) {
      int length = Math.toIntExact(stream.getShape().get(1));
      NDManager manager = stream.getManager();
      return Torch.floats(manager, Arrays.copyOfRange(factors, first, first + length), length, 1);
    }
  }
}
