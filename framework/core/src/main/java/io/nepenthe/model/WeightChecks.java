package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is asked of all values of a model at once, a bounded number at a time. */
final class WeightChecks {
  private WeightChecks() {}

  static String hash(Weights weights) {
    MessageDigest sha256 = ContentHash.sha256();
    weights.read((from, values) -> sha256.update(bytes(values)));
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  static float[] toFloats(Weights weights) {
    float[] all = new float[Math.toIntExact(weights.layout().size())];
    weights.read((from, values) -> System.arraycopy(values, 0, all, (int) from, values.length));
    return all;
  }

  static long countDifferent(Weights weights, long from, float[] values) {
    TensorSpec tensor = weights.layout().at(from);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray own = weights.tensor(tensor.name());
      return Entries.countDifferentBits(
          Pieces.part(own, from - tensor.offset(), values.length),
          Torch.floats(own.getManager(), values, values.length));
    }
  }

  /**
   * Counts differing entries, by tensor.
   *
   * @param before gives the array of a tensor, which is closed when it is compared
   */
  static Map<String, Long> changedEntries(Weights after, Function<TensorSpec, NDArray> before) {
    Map<String, Long> changed = new LinkedHashMap<>();
    for (TensorSpec tensor : after.layout().tensors()) {
      try (NDScope scope = new NDScope();
          NDArray was = before.apply(tensor)) {
        scope.suppressNotUsedWarning();
        long count = Entries.countDifferentBits(after.tensor(tensor.name()), was);
        if (count > 0) {
          changed.put(tensor.name(), count);
        }
      }
    }
    return changed;
  }

  static Optional<String> firstNotFinite(Weights weights) {
    for (TensorSpec tensor : weights.layout().tensors()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        long index = Entries.firstNotFinite(weights.tensor(tensor.name()));
        if (index >= 0) {
          float value = Pieces.read(weights.tensor(tensor.name()), index, 1)[0];
          return Optional.of(value + " at entry " + index + " of tensor " + tensor.name());
        }
      }
    }
    return Optional.empty();
  }
}
