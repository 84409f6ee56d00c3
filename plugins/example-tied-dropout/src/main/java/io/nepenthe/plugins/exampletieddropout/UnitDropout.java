package io.nepenthe.plugins.exampletieddropout;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.editing.Edits;
import io.nepenthe.model.Activation;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Masks the hidden units of every MLP: each example's own mask in every block. */
final class UnitDropout implements TrainingHook {
  private final LanguageModel model;
  private final ExampleMasks masks;
  private final double factorInUse;

  /** Makes a hook whose model, in use, has its fixed units multiplied by the factor. */
  UnitDropout(LanguageModel model, ExampleMasks masks, double factorInUse) {
    this.model = model;
    this.masks = masks;
    this.factorInUse = factorInUse;
  }

  @Override
  public Tap tap(TokenBatch batch) {
    float[] values = masks.of(batch, model.layers());
    NDArray all =
        Torch.floats(
            batch.inputs().getManager(), values, model.layers(), batch.size(), 1, masks.width());
    boolean relu = hasRelu(model);
    return (layer, hidden) -> { // (B, T, H) times (B, 1, H)
      NDArray mask = all.get(layer);
      return relu ? Ops.maskReluInPlace(hidden, mask) : hidden.mul(mask);
    };
  }

  /** Hidden units of a gated MLP are no ReLU's output, but the product of one and another map's. */
  private static boolean hasRelu(LanguageModel model) {
    boolean isGated = model.mlp().get(0).in().size() > 1;
    return model.activation() == Activation.RELU && !isGated;
  }

  @Override
  public void fold(LanguageModel model, Weights weights) {
    int[] tied = IntStream.range(masks.fixed(), masks.width()).toArray();
    float[] factors = new float[masks.width()];
    Arrays.fill(factors, 0, masks.fixed(), (float) factorInUse);
    Arrays.fill(factors, masks.fixed(), masks.width(), 1);
    for (int layer = 0; layer < model.layers(); layer++) {
      Edits.zeroNeurons(model, weights, layer, tied);
      scaleOutputs(weights, model.mlp().get(layer).out(), factors);
    }
  }

  private static void scaleOutputs(Weights weights, LinearMap out, float[] factors) {
    // Each unit's row of (H, D), or its column of (D, H).
    long[] shape =
        out.inputsFirst() ? new long[] {factors.length, 1} : new long[] {1, factors.length};
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      weights.tensor(out.weight()).muli(Torch.floats(weights.manager(), factors, shape));
    }
  }

  @Override
  public Optional<float[]> state() {
    return masks.owners().state();
  }

  @Override
  public void restore(float[] state) {
    masks.owners().restore(state);
  }
}
