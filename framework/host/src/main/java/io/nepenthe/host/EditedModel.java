package io.nepenthe.host;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.model.Weights;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** What a method made of a model: the weights, the time it took, and how many entries differ. */
public final class EditedModel {
  private final Weights weights;
  private final TrialTime time;
  private final Map<String, Long> changed;

  /** Compares; the weights stay the caller's. */
  EditedModel(Weights original, Weights edited, TrialTime time) {
    Optional<String> notFinite = edited.firstNotFinite();
    if (notFinite.isPresent()) {
      throw new IllegalStateException("it left " + notFinite.get());
    }
    this.weights = edited;
    this.time = time;
    this.changed = edited.editedEntries(original);
  }

  /** Returns the edited weights, which are there until the run that made them is closed. */
  public Weights weights() {
    return weights;
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
