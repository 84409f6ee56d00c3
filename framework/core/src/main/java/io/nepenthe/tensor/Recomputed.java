package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A function of an array that forgets all it computed on the way, and computes it once more when
 * its gradient is asked for: a third more time, and the memory of one function where many follow
 * each other (gradient checkpointing).
 */
public final class Recomputed implements Deferred.Operator {
  /** What is computed; without gradients at first, and once more with them where one comes. */
  public interface Body {
    /** Returns the result for an array; its arrays belong to the scope of the call. */
    NDArray apply(NDArray x);

    /** Is told that the gradient has reached the leaves that the latest call made. */
    default void differentiated() {}
  }

  private final Body body;
  private final NDArray x;
  private final NDArray result;
  private final boolean reachesInput;

  private Recomputed(Body body, NDArray x, NDArray result) {
    this.body = body;
    this.x = x;
    this.result = result;
    this.reachesInput = Deferred.isDifferentiated(x);
  }

  /**
   * Returns the result for an array; differentiable by {@link Torch#backward}, which closes it when
   * its gradient has been used.
   */
  public static NDArray of(NDArray x, Body body) {
    NDArray[] result = new NDArray[1];
    Torch.withGradients(false, () -> result[0] = Torch.alone(() -> body.apply(x)));
    return JniUtils.isGradMode() ? Deferred.add(new Recomputed(body, x, result[0])) : result[0];
  }

  @Override
  public NDArray result() {
    return result;
  }

  @Override
  public void propagate(NDArray gradient, boolean keepsGraph) {
    int mark = Deferred.mark();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray input = x.stopGradient();
      input.setRequiresGradient(reachesInput);
      NDArray again = body.apply(input);
      if (Ops.requiresGradient(again)) {
        Deferred.backward(again, gradient, mark);
      }
      Torch.withGradients(false, body::differentiated);
      if (reachesInput) {
        Deferred.pass(x, input.getGradient(), keepsGraph);
      }
    } finally {
      Deferred.forget(mark);
    }
    result.close();
  }
}
