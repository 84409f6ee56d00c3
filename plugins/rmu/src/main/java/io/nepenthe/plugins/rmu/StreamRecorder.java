package io.nepenthe.plugins.rmu;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Tap;
import org.jspecify.annotations.Nullable;

/** Keeps the residual stream at one place of a pass, which it leaves as it is. */
final class StreamRecorder implements Tap {
  private final int place;
  private @Nullable NDArray recorded;

  /** Records what block {@code place} reads. */
  StreamRecorder(int place) {
    this.place = place;
  }

  @Override
  public NDArray hidden(int layer, NDArray activation) {
    return activation;
  }

  @Override
  public NDArray stream(int layer, NDArray stream) {
    if (layer == place) {
      recorded = stream;
    }
    return stream;
  }

  /** Returns what was there, (B, T, D). */
  NDArray recorded() {
    if (recorded == null) {
      throw new IllegalStateException("nothing flowed to block " + place);
    }
    return recorded;
  }
}
