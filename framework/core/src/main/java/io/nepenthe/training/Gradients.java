package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.random.RandomGenerator;

/** What hooks do to a gradient, a vector (P), in place: call them within {@link TrainingHook}. */
public final class Gradients {
  private Gradients() {}

  /** Returns the L2 norm. */
  public static double norm(NDArray gradient) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return Math.sqrt(gradient.square().sum().toFloatArray()[0]);
    }
  }

  /** Multiplies a gradient with a number. */
  public static void scale(NDArray gradient, double factor) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      gradient.muli(Ops.scalar(gradient, factor));
    }
  }

  /** Shortens a gradient whose L2 norm is above the limit to the limit. */
  public static void clip(NDArray gradient, double limit) {
    double norm = norm(gradient);
    if (norm > limit) {
      scale(gradient, limit / norm);
    }
  }

  /** Adds independent normal noise to every entry. */
  public static void addNoise(NDArray gradient, double deviation, RandomGenerator random) {
    float[] noise = new float[Math.toIntExact(gradient.size())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (deviation * random.nextGaussian());
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      gradient.addi(Torch.floats(gradient.getManager(), noise, noise.length));
    }
  }

  /** Takes out of a gradient its part along a direction, if it points against it. */
  public static void removeConflict(NDArray gradient, NDArray direction) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float along = gradient.mul(direction).sum().toFloatArray()[0];
      float square = direction.square().sum().toFloatArray()[0];
      if (along < 0 && square > 0) {
        gradient.subi(Ops.scale(direction, along / square));
      }
    }
  }
}
