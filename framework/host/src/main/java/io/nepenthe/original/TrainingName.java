package io.nepenthe.original;

import org.jspecify.annotations.Nullable;

/**
 * What tells one training from all others.
 *
 * @param key hash of everything that could change the weights; it names the folder of the cache
 * @param task id of the task
 * @param seed the run seed
 * @param method id of the method that takes part in it; null if none does
 */
public record TrainingName(String key, String task, long seed, @Nullable String method) {
  /** Returns task, seed and method, as progress lines name a training. */
  public String label() {
    return task + " " + seedAndMethod();
  }

  /** Returns what distinguishes trainings of one task. */
  String seedAndMethod() {
    return "seed " + seed + (method == null ? "" : " " + method);
  }
}
