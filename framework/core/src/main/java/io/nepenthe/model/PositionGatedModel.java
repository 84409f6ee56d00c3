package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A model in which every block begins by multiplying the residual stream by a factor of the
 * position, the skip path included. A tap sees the stream before that.
 */
public final class PositionGatedModel implements LanguageModel {
  private final LanguageModel model;
  private final float[] factors;

  /** Gates a model by factors that fit it. */
  public PositionGatedModel(LanguageModel model, float[] factors) {
    requireFitting(model, factors);
    this.model = model;
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

  @Override
  public NDArray logits(Parameters parameters, NDArray hiddenStates) {
    return model.logits(parameters, hiddenStates);
  }

  @Override
  public NDArray losses(Parameters parameters, NDArray hiddenStates, NDArray targets) {
    return model.losses(parameters, hiddenStates, targets);
  }

  @Override
  public float[] initialValues(RandomGenerator random) {
    return model.initialValues(random);
  }

  @Override
  public ParameterLayout layout() {
    return model.layout();
  }

  @Override
  public int layers() {
    return model.layers();
  }

  @Override
  public int width() {
    return model.width();
  }

  @Override
  public Architecture architecture() {
    return model.architecture();
  }

  @Override
  public Activation activation() {
    return model.activation();
  }

  @Override
  public double normEpsilon() {
    return model.normEpsilon();
  }

  @Override
  public int hiddenUnits() {
    return model.hiddenUnits();
  }

  @Override
  public int vocabulary() {
    return model.vocabulary();
  }

  @Override
  public int positions() {
    return model.positions();
  }

  @Override
  public int heads() {
    return model.heads();
  }

  @Override
  public List<AttentionTensors> attention() {
    return model.attention();
  }

  @Override
  public List<MlpTensors> mlp() {
    return model.mlp();
  }
}
