package io.nepenthe.plugin;

/** Where a method says how far it is; cheap to call in every step. */
@FunctionalInterface
public interface Progress {
  /** Says nothing. */
  Progress SILENT = (done, total) -> {};

  /** Says that {@code done} of {@code total} steps are done. */
  void update(long done, long total);
}
