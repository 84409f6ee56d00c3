package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.BitMask;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Pieces;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Which entries of some tensors are kept, a bit for each, on the device of the weights; tensors
 * without a mask are kept whole. Not thread-safe; close it.
 */
public final class EntryMasks implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, BitMask> kept = new LinkedHashMap<>();

  EntryMasks(Weights weights) {
    this.manager = weights.manager().newSubManager();
  }

  /** Copies the mask of a tensor, true where an entry is kept. */
  void put(String tensor, NDArray mask) {
    kept.put(tensor, BitMask.of(mask, manager));
  }

  /** Returns the entries of a tensor that are not kept, by flat index, rising. */
  public long[] dropped(String tensor) {
    BitMask mask = kept.get(tensor);
    if (mask == null) {
      return new long[0];
    }
    LongStream.Builder dropped = LongStream.builder();
    mask.forEachPart(
        (from, entries) -> {
          for (long entry : entries.logicalNot().nonzero().toLongArray()) {
            dropped.add(from + entry);
          }
        });
    return dropped.build().toArray();
  }

  /** Sets all entries that are not kept to zero. */
  public void zeroDropped(Weights weights) {
    kept.forEach(
        (tensor, mask) ->
            mask.forEachPart(
                (from, entries) -> {
                  NDArray own = weights.tensor(tensor);
                  Entries.keepInPlace(Pieces.part(own, from, entries.size()), entries);
                }));
  }

  @Override
  public void close() {
    manager.close();
  }
}
