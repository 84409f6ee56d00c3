package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.Activation;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * MLPs whose first hidden units are shared by all rows, and whose others belong to single ones: in
 * training every row has a mask of its own, in use the model is without the others. H = hidden
 * units.
 */
public final class SharedUnits {
  private final LanguageModel model;
  private final int shared;
  private final double factorInUse;

  /**
   * Says which units are shared.
   *
   * @param shared how many, the first of every layer
   * @param factorInUse what they count times in use; 1 if they count as they did in training
   */
  public SharedUnits(LanguageModel model, int shared, double factorInUse) {
    this.model = model;
    this.shared = shared;
    this.factorInUse = factorInUse;
  }

  /**
   * Returns the tap that multiplies the hidden units of a batch by masks of 0 and 1, alike at all
   * positions of a row.
   *
   * @param masks (layers, B, H)
   */
  public Tap masked(TokenBatch batch, float[] masks) {
    NDArray all =
        Torch.floats(
            batch.inputs().getManager(),
            masks,
            model.layers(),
            batch.size(),
            1,
            model.hiddenUnits());
    boolean relu = hasRelu();
    return (layer, hidden) -> { // (B, T, H) times (B, 1, H)
      NDArray mask = all.get(layer);
      return relu ? Ops.maskReluInPlace(hidden, mask) : hidden.mul(mask);
    };
  }

  /** Hidden units of a gated MLP are no ReLU's output, but the product of one and another map's. */
  private boolean hasRelu() {
    boolean isGated = model.mlp().get(0).in().size() > 1;
    return model.activation() == Activation.RELU && !isGated;
  }

  /** Takes the units that are not shared out of the weights, which are to be used so. */
  public void leaveOutOthers(Weights weights) {
    int units = model.hiddenUnits();
    int[] others = IntStream.range(shared, units).toArray();
    float[] factors = new float[units];
    Arrays.fill(factors, 0, shared, (float) factorInUse);
    Arrays.fill(factors, shared, units, 1);
    for (int layer = 0; layer < model.layers(); layer++) {
      Edits.zeroNeurons(model, weights, layer, others);
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
}
