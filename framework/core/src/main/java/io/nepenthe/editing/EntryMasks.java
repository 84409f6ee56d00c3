package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which entries of some tensors are kept, a byte for each, on the device of the weights; tensors
 * without a mask are kept whole. Not thread-safe; close it.
 */
public final class EntryMasks implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, NDArray> kept = new LinkedHashMap<>();

  EntryMasks(Weights weights) {
    this.manager = weights.manager().newSubManager();
  }

  /** Copies the mask of a tensor, of its shape, 1 where an entry is kept and 0 where not. */
  void put(String tensor, NDArray mask) {
    kept.put(tensor, Torch.kept(manager, mask.toType(DataType.BOOLEAN, true)));
  }

  /** Returns the entries of a tensor that are not kept, by flat index, rising. */
  public long[] dropped(String tensor) {
    NDArray mask = kept.get(tensor);
    if (mask == null) {
      return new long[0];
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return mask.logicalNot().reshape(-1).nonzero().toLongArray();
    }
  }

  /** Sets all entries that are not kept to zero. */
  public void zeroDropped(Weights weights) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      kept.forEach((tensor, mask) -> Entries.keepInPlace(weights.tensor(tensor), mask));
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
