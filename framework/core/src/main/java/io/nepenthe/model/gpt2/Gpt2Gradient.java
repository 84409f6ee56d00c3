package io.nepenthe.model.gpt2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.FusedGradient;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.LogitRows;
import io.nepenthe.tensor.Script;

/**
 * The gradient of a GPT-2 with ReLU, by {@code gradient.py}, where every function has its
 * derivative beside it ({@code back_...}).
 *
 * <p>What it saves, most first: attention is plain matrix products with as many keys as a block of
 * queries may see, since libtorch's fused one is slow for short rows; gradients of matrices are
 * products by MKL, not convolutions; rows are taken through all layers a few at a time, so that
 * what is kept for the second pass stays in the processor's cache; and activations are overwritten
 * where nobody reads them again.
 */
final class Gpt2Gradient implements FusedGradient {
  private static final int TOKENS_AT_ONCE = 2048;

  /** From so many images on, libtorch gives convolutions to oneDNN. */
  private static final int FEWEST_ROWS = 16;

  private final Gpt2Config config;

  Gpt2Gradient(Gpt2Config config) {
    this.config = config;
  }

  private static final class Holder {
    static final Script SCRIPT = Script.of(Gpt2Gradient.class, "gradient.py");
  }

  @Override
  public NDArray compute(Weights weights, NDArray tokens, NDArray targets, Weights gradient) {
    return Holder.SCRIPT.run(
        "gradient",
        tokens,
        targets,
        tensors(weights),
        tensors(gradient),
        (long) config.heads(),
        config.epsilon(),
        rowsAtOnce(tokens),
        (long) LogitRows.atOnce(config.vocabulary(), tokens.getDevice()));
  }

  private static NDList tensors(Weights weights) {
    NDList tensors = new NDList();
    for (TensorSpec tensor : weights.layout().tensors()) {
      tensors.add(weights.tensor(tensor.name()));
    }
    return tensors;
  }

  private static long rowsAtOnce(NDArray tokens) {
    if (tokens.getDevice().isGpu()) {
      return tokens.getShape().get(0);
    }
    long fitting = TOKENS_AT_ONCE / tokens.getShape().get(1);
    return Math.max(FEWEST_ROWS, fitting / FEWEST_ROWS * FEWEST_ROWS);
  }
}
