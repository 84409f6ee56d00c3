package io.nepenthe.original;

import io.nepenthe.checkpoint.Safetensors;
import io.nepenthe.training.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * State that a training needs to resume, beside the model it would return.
 *
 * @param optimizer what the optimizer remembers
 * @param hook what the training hook remembers
 * @param weights the weights that are trained, where they are not those that are handed over
 */
record ResumeState(OptimizerState optimizer, Optional<float[]> hook, Optional<float[]> weights) {
  private static final String MEAN = "mean";
  private static final String VARIANCE = "variance";
  private static final String HOOK = "hook";
  private static final String WEIGHTS = "weights";

  /** Returns it as tensors of a file, for a model of so many parameters. */
  Map<String, Safetensors.Tensor> tensors(int size) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put(MEAN, tensor(optimizer.mean(size)));
    tensors.put(VARIANCE, tensor(optimizer.variance(size)));
    hook.ifPresent(values -> tensors.put(HOOK, tensor(values)));
    weights.ifPresent(values -> tensors.put(WEIGHTS, tensor(values)));
    return tensors;
  }

  private static Safetensors.Tensor tensor(float[] values) {
    return new Safetensors.Tensor(new long[] {values.length}, values);
  }

  /** Returns what {@link #tensors} gave, after so many steps. */
  static ResumeState of(Map<String, Safetensors.Tensor> tensors, long steps) {
    return new ResumeState(
        new OptimizerState(steps, tensors.get(MEAN).values(), tensors.get(VARIANCE).values()),
        Optional.ofNullable(tensors.get(HOOK)).map(Safetensors.Tensor::values),
        Optional.ofNullable(tensors.get(WEIGHTS)).map(Safetensors.Tensor::values));
  }
}
