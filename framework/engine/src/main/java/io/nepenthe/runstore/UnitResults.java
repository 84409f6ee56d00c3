package io.nepenthe.runstore;

import java.util.Optional;

/**
 * The results of one process among many: in a folder of its own, where what it wrote is guarded,
 * and in the folder of the run that all of them fill.
 */
public final class UnitResults implements Results {
  private final RunStore own;
  private final SharedRun shared;

  /**
   * Makes them.
   *
   * @param own a folder that no other process writes to
   */
  public UnitResults(RunStore own, SharedRun shared) {
    this.own = own;
    this.shared = shared;
    own.create();
  }

  @Override
  public void put(TrialResult trial) {
    own.put(trial);
    shared.put(trial);
  }

  @Override
  public void put(OriginalResult original) {
    own.put(original);
    shared.put(original);
  }

  @Override
  public Optional<TrialResult> trial(TrialIdentity identity) {
    return own.trial(identity).or(() -> shared.trial(identity));
  }

  @Override
  public Optional<OriginalResult> original(String id) {
    return own.original(id).or(() -> shared.original(id));
  }
}
