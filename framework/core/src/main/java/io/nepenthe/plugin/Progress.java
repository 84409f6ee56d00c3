package io.nepenthe.plugin;

/** Receives a method's progress; cheap to call in every step. */
@FunctionalInterface
public interface Progress {
  /** Ignores all progress. */
  Progress SILENT = (done, total) -> {};

  /** Reports that {@code done} of {@code total} steps are done. */
  void update(long done, long total);
}
