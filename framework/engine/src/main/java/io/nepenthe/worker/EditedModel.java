package io.nepenthe.worker;

import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.runstore.TrialTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a method made of a model: the weights, the time it took, and how many entries differ. */
public final class EditedModel {
  private final float[] values;
  private final TrialTime time;
  private final Map<String, Long> changed = new LinkedHashMap<>();

  /** Compares, and keeps a copy of what is edited; the weights stay the caller's. */
  EditedModel(Weights original, Weights edited, TrialTime time) {
    this.values = edited.toFloats();
    this.time = time;
    for (TensorSpec tensor : original.layout().tensors()) {
      long count = changedEntries(original.tensor(tensor.name()).toFloatArray(), tensor);
      if (count > 0) {
        changed.put(tensor.name(), count);
      }
    }
  }

  private long changedEntries(float[] before, TensorSpec tensor) {
    int from = Math.toIntExact(tensor.offset());
    long count = 0;
    for (int i = 0; i < before.length; i++) {
      float after = values[from + i];
      if (!Float.isFinite(after)) {
        throw new IllegalStateException(
            "it left " + after + " at entry " + i + " of tensor " + tensor.name());
      }
      boolean same = Float.floatToRawIntBits(after) == Float.floatToRawIntBits(before[i]);
      count += same ? 0 : 1;
    }
    return count;
  }

  /** Returns the edited weights themselves, not a copy, in model order. */
  public float[] values() {
    return values;
  }

  /** Returns what the method took. */
  public TrialTime time() {
    return time;
  }

  /** Returns how many entries differ in any bit, by tensor; tensors without any are left out. */
  public Map<String, Long> changed() {
    return Collections.unmodifiableMap(changed);
  }
}
