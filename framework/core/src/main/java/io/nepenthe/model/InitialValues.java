package io.nepenthe.model;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** What the values of a model are before it is trained. */
public final class InitialValues {
  private static final double RESIDUAL_OUTPUTS_PER_LAYER = 2;

  private InitialValues() {}

  /**
   * Returns values in model order as TinyMem draws them: matrices normal with deviation 0.8 /
   * sqrt(D), those that write to the stream divided by sqrt(2 L); gains of norms, which are the
   * vectors named {@code .weight}, 1 and biases 0.
   *
   * @param writes tells by its name which matrix writes to the stream
   */
  public static float[] drawn(
      LanguageModel model, Predicate<String> writes, RandomGenerator random) {
    double deviation = 0.8 / Math.sqrt(model.width());
    double residual = deviation / Math.sqrt(RESIDUAL_OUTPUTS_PER_LAYER * model.layers());
    return normal(model, name -> writes.test(name) ? residual : deviation, random);
  }

  /**
   * Returns values in model order: matrices normal; gains of norms, which are the vectors named
   * {@code .weight}, 1 and biases 0.
   *
   * @param deviation of a matrix, by its name
   */
  public static float[] normal(
      LanguageModel model, ToDoubleFunction<String> deviation, RandomGenerator random) {
    float[] values = new float[Math.toIntExact(model.layout().size())];
    for (TensorSpec tensor : model.layout().tensors()) {
      int from = Math.toIntExact(tensor.offset());
      int to = Math.toIntExact(from + tensor.size());
      if (tensor.shape().size() == 1) {
        Arrays.fill(values, from, to, tensor.name().endsWith(".weight") ? 1 : 0);
      } else {
        double scale = deviation.applyAsDouble(tensor.name());
        for (int i = from; i < to; i++) {
          values[i] = (float) (random.nextGaussian() * scale);
        }
      }
    }
    return values;
  }
}
