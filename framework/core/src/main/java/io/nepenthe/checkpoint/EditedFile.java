package io.nepenthe.checkpoint;

import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * What edited weights make of one file.
 *
 * @param specs the model's tensors, by the names they are stored under
 * @param before the folder the file is of
 */
record EditedFile(
    SafetensorsFile file, Map<String, TensorSpec> specs, FolderTensors before, Weights weights)
    implements SafetensorsFile.Replacement {
  @Override
  public boolean concerns(String name) {
    return specs.containsKey(name);
  }

  @Override
  public void replace(String name, long from, int count, ByteBuffer bytes) {
    TensorSpec spec = specs.get(name);
    float[] stored = before.stored(spec, from, count);
    float[] after = weights.values(spec, from, count);
    FloatType type = file.type(name);
    Set<FloatType> types = before.types(spec);
    for (int i = 0; i < count; i++) {
      if (Float.floatToRawIntBits(after[i]) != Float.floatToRawIntBits(stored[i])) {
        float rounded = rounded(after[i], types);
        if (!Float.isFinite(rounded)) {
          throw beyond(types, after[i], spec, from + i);
        }
        type.put(bytes, i, rounded);
      }
    }
  }

  private static float rounded(float value, Set<FloatType> types) {
    float rounded = value;
    for (FloatType type : types) {
      rounded = type.rounded(rounded);
    }
    return rounded;
  }

  private static NepentheException beyond(
      Set<FloatType> types, float value, TensorSpec spec, long entry) {
    String what = spec.name() + " has " + value + " at entry " + entry;
    return new NepentheException(
        ErrorCode.TRIAL_FAILED,
        "tensor " + what + ", beyond what the model's folder stores it in: " + types);
  }
}
