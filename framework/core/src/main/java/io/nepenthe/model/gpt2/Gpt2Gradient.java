package io.nepenthe.model.gpt2;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.FusedGradient;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.Script;
import java.util.Optional;

/**
 * The gradient of a GPT-2 with ReLU, by {@code gradient.py}, where every function has its
 * derivative beside it ({@code back_...}).
 *
 * <p>What it saves, most first: products with the head's table are oneDNN's, and more rows at a
 * time; attention is plain matrix products with as many keys as a block of queries may see, since
 * libtorch's fused one is slow for short rows; gradients of matrices are products, not
 * convolutions; rows go through all layers a few at a time, so that what is kept for the second
 * pass stays in the processor's cache; and activations are overwritten where nobody reads them
 * again.
 */
final class Gpt2Gradient implements FusedGradient {
  private static final long TOKENS_AT_ONCE = 2048;

  /** 50 MB: fewer rows would read the head's table more often, more would leave malloc's heap. */
  private static final long LOGITS_AT_ONCE = 3 << 22;

  private final Gpt2Config config;

  Gpt2Gradient(Gpt2Config config) {
    this.config = config;
  }

  private static final class Holder {
    static final Optional<Script> SCRIPT = script();

    private static Optional<Script> script() {
      try {
        return Optional.of(Script.of(Gpt2Gradient.class, "gradient.py"));
      } catch (EngineException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public NDArray compute(Weights weights, NDArray tokens, NDArray targets, Weights gradient) {
    Script script =
        Holder.SCRIPT.orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.BAD_USAGE,
                    "this machine's libtorch has no oneDNN, by which a fused training computes:"
                        + " leave out training.fused"));
    return script.run(
        "gradient",
        tokens,
        targets,
        tensors(weights),
        tensors(gradient),
        (long) config.heads(),
        config.epsilon(),
        Math.max(1, TOKENS_AT_ONCE / tokens.getShape().get(1)),
        Math.max(1, LOGITS_AT_ONCE / config.vocabulary()));
  }

  private static NDList tensors(Weights weights) {
    NDList tensors = new NDList();
    for (TensorSpec tensor : weights.layout().tensors()) {
      tensors.add(weights.tensor(tensor.name()));
    }
    return tensors;
  }
}
