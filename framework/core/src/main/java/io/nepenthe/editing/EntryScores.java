package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A score for every entry of some tensors of a model; the largest are taken to hold the memorized
 * text. The scores lie on the device of the weights, tensor by tensor. Not thread-safe; close it.
 */
public final class EntryScores implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, NDArray> scores = new LinkedHashMap<>();

  /** Prepares scores, of no tensor as yet, that are closed with the weights at the latest. */
  public EntryScores(Weights weights) {
    this.manager = weights.manager().newSubManager();
  }

  /** Takes over the scores of a tensor, of its shape; tensors are put in model order. */
  public void put(String tensor, NDArray ofEntries) {
    scores.put(tensor, Torch.kept(manager, ofEntries));
  }

  /** Returns the scores of a tensor that was put; they belong to this. */
  public NDArray get(String tensor) {
    return scores.get(tensor);
  }

  /**
   * Sets the {@code floor(size * ratio)} entries of largest score of each tensor to zero, equal
   * ones from the lowest index up.
   */
  public void zeroLargestOfEach(double ratio, Weights weights) {
    scores.forEach(
        (tensor, own) -> {
          long count = Selection.count(own.size(), ratio);
          if (count > 0) {
            zero(weights, tensor, Selection.cut(List.of(Selection.stretch(own)), count));
          }
        });
  }

  /**
   * Sets the {@code floor(size * ratio)} entries of largest score of all tensors together to zero,
   * equal ones from the first tensor's lowest index up.
   */
  public void zeroLargestOfAll(double ratio, Weights weights) {
    long size = scores.values().stream().mapToLong(NDArray::size).sum();
    long count = Selection.count(size, ratio);
    if (count == 0) {
      return;
    }
    Selection.Cut cut =
        Selection.cut(scores.values().stream().map(Selection::stretch).toList(), count);
    for (Map.Entry<String, NDArray> tensor : scores.entrySet()) {
      zero(weights, tensor.getKey(), cut);
      cut = cut.after(tensor.getValue());
    }
  }

  private void zero(Weights weights, String tensor, Selection.Cut cut) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray chosen = cut.chosen(scores.get(tensor));
      Entries.dropInPlace(weights.tensor(tensor), chosen);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
