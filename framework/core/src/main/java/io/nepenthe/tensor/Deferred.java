package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Operators whose gradient libtorch cannot compute by itself, of one thread. Their result is a leaf
 * to autograd; once {@link Torch#backward} has reached it, the operator carries the gradient on.
 */
final class Deferred {
  private static final ThreadLocal<List<Operator>> OPEN = ThreadLocal.withInitial(ArrayList::new);

  private Deferred() {}

  /** An operator that has been applied. */
  interface Operator {
    /** Returns the leaf that holds the result. */
    NDArray result();

    /**
     * Returns a scalar whose gradient at the operator's inputs is that of the whole.
     *
     * @param gradient at the result, of its shape
     */
    NDArray surrogate(NDArray gradient);
  }

  /** Makes the operator's result a leaf and returns it. */
  static NDArray add(Operator operator) {
    List<Operator> open = OPEN.get();
    open.removeIf(other -> isReleased(other.result())); // never differentiated
    open.add(operator);
    operator.result().setRequiresGradient(true);
    return operator.result();
  }

  /** Carries on, latest operator first, what a backward pass has brought to the leaves. */
  static void propagate() {
    List<Operator> open = OPEN.get();
    open.removeIf(operator -> isReleased(operator.result()));
    for (int i = open.size() - 1; i >= 0; i--) {
      NDArray gradient = open.get(i).result().getGradient(); // zeros where none has come
      if (gradient.abs().max().toFloatArray()[0] != 0) {
        Torch.backwardToLeaves(open.remove(i).surrogate(gradient));
      }
    }
  }

  private static boolean isReleased(NDArray array) {
    return ((PtNDArray) array).isReleased();
  }

  /** Returns true if gradients are recorded here and flow to the array. */
  static boolean isDifferentiated(NDArray array) {
    return JniUtils.isGradMode() && Ops.requiresGradient(array);
  }
}
