package io.nepenthe.worker;

import io.nepenthe.model.Weights;

/**
 * The time since a step of a method began, read after the device has finished. The host makes one
 * for each step and hands it to nobody; as a record, not even reflection can set it.
 */
record StepClock(Weights weights, long startNanos) {
  /** Starts a clock. */
  static StepClock start(Weights weights) {
    weights.synchronize();
    return new StepClock(weights, System.nanoTime());
  }

  /** Returns the seconds since it was started. */
  double seconds() {
    weights.synchronize();
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
