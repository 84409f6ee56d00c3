package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Operators whose gradient libtorch does not compute by itself, of one thread. Their result is a
 * leaf to autograd; once {@link Torch#backward} has reached it, the operator carries the gradient
 * on.
 *
 * <p>So a graph is gone through in several passes, and what two of them share must outlast the
 * first: a penalty on the activations that a loss is computed from, say. Every pass but that of the
 * last open operator leaves the graph as it is.
 */
final class Deferred {
  private static final ThreadLocal<List<Operator>> OPEN = ThreadLocal.withInitial(ArrayList::new);

  private Deferred() {}

  /** An operator that has been applied. */
  interface Operator {
    /** Returns the leaf that holds the result. */
    NDArray result();

    /**
     * Adds to the gradients of the operator's inputs, and of what they were computed from.
     *
     * @param gradient at the result, of its shape
     * @param keepsGraph true if another pass may go through what the inputs were computed from
     */
    void propagate(NDArray gradient, boolean keepsGraph);
  }

  /** Makes the operator's result a leaf and returns it. */
  static NDArray add(Operator operator) {
    forgetReleased();
    OPEN.get().add(operator);
    operator.result().setRequiresGradient(true);
    return operator.result();
  }

  /** Adds the gradient of an array to the leaves behind it, given that at the array itself. */
  static void backward(NDArray array, NDArray gradient) {
    backward(array, gradient, 0);
  }

  /** Does so where the operators from a {@link #mark} on are the only ones behind the array. */
  static void backward(NDArray array, NDArray gradient, int mark) {
    List<Operator> open = OPEN.get();
    forgetReleased();
    pass(array, gradient, open.size() > mark);
    for (int i = open.size() - 1; i >= mark; i--) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray reached = open.get(i).result().getGradient(); // zeros where none has come
        if (reached.abs().max().toFloatArray()[0] != 0) {
          open.remove(i).propagate(reached, open.size() > mark);
        }
      }
    }
  }

  /** Returns a number that tells operators that are open already from those added later. */
  static int mark() {
    forgetReleased();
    return OPEN.get().size();
  }

  /** Forgets the operators from a {@link #mark} on. */
  static void forget(int mark) {
    List<Operator> open = OPEN.get();
    open.subList(mark, open.size()).clear();
  }

  /** Goes through the graph behind an array once, up to what are leaves to libtorch. */
  static void pass(NDArray array, NDArray gradient, boolean keepsGraph) {
    JniUtils.backward((PtNDArray) array, (PtNDArray) gradient, keepsGraph, false);
  }

  /** Those whose result is gone will never be differentiated. */
  private static void forgetReleased() {
    OPEN.get().removeIf(operator -> ((PtNDArray) operator.result()).isReleased());
  }

  /** Returns true if gradients are recorded here and flow to the array. */
  static boolean isDifferentiated(NDArray array) {
    return JniUtils.isGradMode() && Ops.requiresGradient(array);
  }
}
