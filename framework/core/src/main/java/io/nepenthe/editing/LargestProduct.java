package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.LateTensors;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.FloatArrays;
import java.util.List;

/**
 * The entry with the largest weight * gradient of some tensors, equal ones: the first in model
 * order; NaN counts as largest. Looks at a gradient as soon as it is known, and keeps none.
 */
final class LargestProduct implements LateTensors {
  private final List<String> tensors;
  private final Weights weights;
  private Entries.Entry largest = new Entries.Entry(0, 0, Double.NEGATIVE_INFINITY);

  LargestProduct(List<String> tensors, Weights weights) {
    this.tensors = tensors;
    this.weights = weights;
  }

  @Override
  public boolean has(String name) {
    return tensors.contains(name);
  }

  @Override
  public NDArray make(String name) {
    return FloatArrays.widened(weights.tensor(name));
  }

  @Override
  public void take(String name, NDArray gradient) {
    Entries.Entry own = Entries.largestProduct(new NDList(make(name)), new NDList(gradient));
    Entries.Entry found = new Entries.Entry(tensors.indexOf(name), own.index(), own.value());
    int order = Double.compare(found.value() + 0.0, largest.value() + 0.0); // NaN is largest
    if (order > 0 || (order == 0 && found.array() < largest.array())) {
      largest = found;
    }
  }

  /** Returns the entry, of all that was taken. */
  Entries.Entry found() {
    return largest;
  }
}
