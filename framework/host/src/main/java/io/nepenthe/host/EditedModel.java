package io.nepenthe.host;

import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.model.Weights;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * What a method made of a model: the weights, what decoding must not complete, the time it took,
 * and how many entries differ.
 */
public final class EditedModel {
  private final Weights weights;
  private final BlockedNgrams blocked;
  private final TrialTime time;
  private final Map<String, Long> changed;

  /** Compares; the weights stay the caller's. */
  EditedModel(Weights original, Weights edited, BlockedNgrams blocked, TrialTime time) {
    Optional<String> notFinite = edited.firstNotFinite();
    if (notFinite.isPresent()) {
      throw new IllegalStateException("it left " + notFinite.get());
    }
    this.weights = edited;
    this.blocked = blocked;
    this.time = time;
    this.changed = edited.editedEntries(original);
  }

  /** Returns the edited weights, which are there until the run that made them is closed. */
  public Weights weights() {
    return weights;
  }

  /** Returns what decoding must not complete where the model is used. */
  public BlockedNgrams blocked() {
    return blocked;
  }

  /** Returns the hash of what was made, as the trials of a run have it. */
  public String hash() {
    return blocked.hashWith(weights.hash());
  }

  /** Returns what the method took. */
  public TrialTime time() {
    return time;
  }

  /** Returns how many entries differ in any bit, by tensor; tensors without any are left out. */
  public Map<String, Long> changed() {
    return Collections.unmodifiableMap(changed);
  }
}
