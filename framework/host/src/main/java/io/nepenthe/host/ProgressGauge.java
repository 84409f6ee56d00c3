package io.nepenthe.host;

import io.nepenthe.plugin.Progress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a method says it is. It holds two numbers, which somebody else reads: from what a method
 * is given, no field leads to whoever speaks with the judge.
 */
final class ProgressGauge implements Progress {
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong total = new AtomicLong();
  private long told; // whoever reads it is one

  @Override
  public void update(long steps, long of) {
    total.set(of);
    done.set(steps);
  }

  /** Passes on how far it is, if that has changed since the last time. */
  void tell(Progress listener) {
    long now = done.get();
    if (now != told) {
      told = now;
      listener.update(now, total.get());
    }
  }
}
