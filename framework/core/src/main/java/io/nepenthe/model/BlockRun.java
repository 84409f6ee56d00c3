package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.Recomputed;
import io.nepenthe.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** A block that is run by itself, with the late tensors it reads as leaves of its graph. */
final class BlockRun implements Recomputed.Body, LateTensors {
  private final Parameters parameters;
  private final LateTensors source;
  private final BiFunction<Parameters, NDArray, NDArray> block;
  private final Map<String, NDArray> made = new LinkedHashMap<>();

  BlockRun(
      Parameters parameters, LateTensors source, BiFunction<Parameters, NDArray, NDArray> block) {
    this.parameters = parameters;
    this.source = source;
    this.block = block;
  }

  @Override
  public NDArray apply(NDArray stream) {
    made.clear();
    return block.apply(parameters.byBlock(this), stream);
  }

  @Override
  public boolean has(String name) {
    return source.has(name);
  }

  @Override
  public NDArray make(String name) {
    return made.computeIfAbsent(name, this::leaf);
  }

  private NDArray leaf(String name) {
    NDArray[] leaf = new NDArray[1];
    Torch.withGradients(false, () -> leaf[0] = source.make(name));
    leaf[0].setRequiresGradient(Torch.recordsGradients());
    return leaf[0];
  }

  @Override
  public void differentiated() {
    made.forEach((name, leaf) -> take(name, leaf.getGradient()));
    made.clear();
  }

  @Override
  public void take(String name, NDArray gradient) {
    source.take(name, gradient);
  }
}
