package io.nepenthe.challenge;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.attack.LoadedModel;
import io.nepenthe.attack.SurpriseReader;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.MembershipRows;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * How surprising the rows of one task and seed that attacks look at are to its models. A subject,
 * and the model trained without artifacts, are read once, however many challenges ask. Thread-safe.
 */
final class Surprises {
  private final TaskSeed place;
  private final MembershipRows rows;
  private final Map<Weights, Surprise> ofSubjects =
      Collections.synchronizedMap(new WeakHashMap<>());
  private Optional<Surprise> ofRetrained = Optional.empty(); // guarded by this, as the next
  private boolean retrainsTheModelRead;

  /**
   * Reads nothing yet.
   *
   * @param rows that are read
   */
  Surprises(TaskSeed place, MembershipRows rows) {
    this.place = place;
    this.rows = rows;
  }

  /** Returns those of the rows that are left without some of the planted ones. */
  Surprises without(Sequences planted) {
    ArtifactRows members = rows.members();
    int[] left = new RowSet(planted).among(members.artifacts(), false);
    return new Surprises(place, new MembershipRows(members.select(left), rows.neverPlanted()));
  }

  /** Returns those of a subject. */
  Surprise of(Subject subject) {
    Surprise known = ofSubjects.get(subject.weights());
    if (known == null) {
      known = read(subject.model(), subject.weights());
      ofSubjects.put(subject.weights(), known);
    }
    return known;
  }

  /**
   * Returns those of the model that was trained without artifacts, if the run has one.
   *
   * @param parent in which its weights are for the moment
   */
  synchronized Optional<Surprise> ofRetrained(NDManager parent) {
    if (!retrainsTheModelRead) {
      ofRetrained = place.retrained(parent).map(this::readAndClose);
      retrainsTheModelRead = true;
    }
    return ofRetrained;
  }

  private Surprise readAndClose(Weights weights) {
    try (weights) {
      return read(place.task().architecture(), weights);
    }
  }

  /** Reads a model by one pass over the rows. */
  Surprise read(LanguageModel model, Weights weights) {
    FloatType type = place.task().computedIn();
    Surprise[] read = new Surprise[1];
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = weights.manager().newSubManager();
              NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Parameters parameters = weights.computedIn(type).parameters().byBlock();
            SurpriseReader reader = new SurpriseReader(new LoadedModel(model, parameters), manager);
            read[0] = new Surprise(reader.read(rows.members()), reader.read(rows.neverPlanted()));
          }
        });
    return read[0];
  }
}
