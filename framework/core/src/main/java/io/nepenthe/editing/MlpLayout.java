package io.nepenthe.editing;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All MLP tensors of a model as one vector: weights and biases of every layer, in model order and
 * stored layout (UNLEARNING 0, "which parameters can be edited"). M = its size.
 *
 * @param tensors the tensors, their offsets counted within this vector
 */
public record MlpLayout(List<TensorSpec> tensors) {
  /** Copies the list. */
  public MlpLayout {
    tensors = List.copyOf(tensors);
  }

  /** Returns the layout of a model's MLP tensors. */
  public static MlpLayout of(LanguageModel model) {
    List<TensorSpec> tensors = new ArrayList<>();
    long offset = 0;
    for (MlpTensors mlp : model.mlp()) {
      for (String name : mlp.all()) {
        TensorSpec tensor = model.layout().tensor(name);
        tensors.add(new TensorSpec(name, tensor.shape(), offset));
        offset += tensor.size();
      }
    }
    return new MlpLayout(tensors);
  }

  /** Returns M. */
  public int size() {
    TensorSpec last = tensors.get(tensors.size() - 1);
    return Math.toIntExact(last.offset() + last.size());
  }

  /** Returns a copy of a model's MLP tensors, (M). */
  public float[] gather(Weights weights) {
    float[] all = weights.toFloats();
    float[] gathered = new float[size()];
    for (TensorSpec tensor : tensors) {
      System.arraycopy(
          all,
          Math.toIntExact(weights.layout().tensor(tensor.name()).offset()),
          gathered,
          Math.toIntExact(tensor.offset()),
          Math.toIntExact(tensor.size()));
    }
    return gathered;
  }

  /** Returns a copy of one tensor's part of a vector (M). */
  public float[] part(float[] vector, TensorSpec tensor) {
    int from = Math.toIntExact(tensor.offset());
    return Arrays.copyOfRange(vector, from, Math.toIntExact(from + tensor.size()));
  }

  /** Returns entries of the vector as entries of each tensor they lie in, by its name. */
  public Map<String, int[]> byTensor(int[] entries) {
    int[] sorted = entries.clone();
    Arrays.sort(sorted);
    Map<String, int[]> byTensor = new LinkedHashMap<>();
    int from = 0;
    for (TensorSpec tensor : tensors) {
      int to = from;
      while (to < sorted.length && sorted[to] < tensor.offset() + tensor.size()) {
        to++;
      }
      int offset = Math.toIntExact(tensor.offset());
      int[] own = Arrays.copyOfRange(sorted, from, to);
      Arrays.setAll(own, i -> own[i] - offset);
      byTensor.put(tensor.name(), own);
      from = to;
    }
    return byTensor;
  }
}
