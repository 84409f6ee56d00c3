package io.nepenthe.runstore;

import java.util.Optional;

/** Where what is measured goes, and where what was measured before is found. Thread-safe. */
public interface Results {
  /** Writes a trial. */
  void put(TrialResult trial);

  /** Writes a base measurement. */
  void put(OriginalResult original);

  /** Returns the trial of an identity, if it is there and whole. */
  Optional<TrialResult> trial(TrialIdentity identity);

  /** Returns the base measurement of a task and seed, if it is there and whole. */
  Optional<OriginalResult> original(String id);
}
