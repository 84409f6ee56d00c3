package io.nepenthe.host;

import io.nepenthe.model.CountedModel;
import io.nepenthe.model.Weights;

/**
 * What a step of a method has used since it began: time, read after the device has finished, and
 * the model's work. The host makes one for each step and hands it to nobody; as a record, not even
 * reflection can set it.
 */
record StepMeter(Weights weights, CountedModel model, long startNanos, double startTokens) {
  /**
   * Time and work.
   *
   * @param seconds of the clock on the wall
   * @param cost as {@link CountedModel#tokens} counts it
   */
  record Use(double seconds, double cost) {
    static final Use NONE = new Use(0, 0);

    Use plus(Use other) {
      return new Use(seconds + other.seconds, cost + other.cost);
    }

    Use minus(Use other) {
      return new Use(seconds - other.seconds, cost - other.cost);
    }
  }

  /** Starts to measure. */
  static StepMeter start(Weights weights, CountedModel model) {
    weights.synchronize();
    return new StepMeter(weights, model, System.nanoTime(), model.tokens());
  }

  /** Returns what was used since it was started. */
  Use use() {
    weights.synchronize();
    return new Use((System.nanoTime() - startNanos) / 1e9, model.tokens() - startTokens);
  }
}
