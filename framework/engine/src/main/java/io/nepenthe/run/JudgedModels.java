package io.nepenthe.run;

import io.nepenthe.runstore.TrialResult;
import java.nio.file.Path;

/** Sees the models that methods left, while their files are there. Thread-safe. */
@FunctionalInterface
public interface JudgedModels {
  /**
   * A model was judged, and its trial is stored.
   *
   * @param trial a valid one
   * @param folder with its weights, which may be moved away: it is deleted, or written again, next
   */
  void show(TrialResult trial, Path folder);
}
