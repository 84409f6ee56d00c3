package io.nepenthe.judge;

import io.nepenthe.checkpoint.Gpt2Folder;
import io.nepenthe.model.Gpt2;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;

/** Weights that came back from a worker, checked against the original model's architecture. */
public final class MitigatedModel {
  private final float[] values;

  private MitigatedModel(float[] values) {
    this.values = values;
  }

  /**
   * Reads a worker's folder.
   *
   * @throws NepentheException if a tensor is missing, has another shape, or is not finite
   */
  public static MitigatedModel read(Path folder, Gpt2 original) {
    return new MitigatedModel(Gpt2Folder.readValues(folder, original));
  }

  /** Returns the values in model order. */
  public float[] values() {
    return values;
  }

  /** Returns how many weights differ from the original's. */
  public long changedEntries(float[] original) {
    long changed = 0;
    for (int i = 0; i < original.length; i++) {
      changed += Float.compare(original[i], values[i]) == 0 ? 0 : 1;
    }
    return changed;
  }
}
