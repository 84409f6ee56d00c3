package io.nepenthe.challenge;

import ai.djl.ndarray.NDManager;
import io.nepenthe.judge.Inference;
import io.nepenthe.judge.JudgedModel;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.Scores;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.PositionGatedModel;
import io.nepenthe.model.Weights;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that is challenged. Owns nothing: its weights and what challenges make beside them belong
 * to the manager that the weights' own is part of.
 *
 * @param place task and seed
 * @param weights which no challenge changes
 * @param inference what belongs to the model in use beside them; every measurement heeds it
 * @param method runs its method again; empty for the original model, and for methods that are shown
 *     nothing of the artifacts
 */
public record Subject(
    TaskSeed place, Weights weights, Inference inference, Optional<Again> method) {
  /** Makes a subject whose stream is multiplied by factors, if it is, and no more. */
  public Subject(
      TaskSeed place, Weights weights, Optional<float[]> positionFactors, Optional<Again> method) {
    this(place, weights, Inference.gated(positionFactors), method);
  }

  /** Runs a method with a subject's setting on other rows. */
  @FunctionalInterface
  public interface Again {
    /**
     * Returns what it leaves, in a sub-manager; empty if it fails on these rows.
     *
     * @param rows that it may see, as far as it asks for them
     * @param forget which of the artifact rows it is to make the model forget
     */
    Optional<JudgedModel> on(TaskData rows, List<Integer> forget, NDManager parent)
        throws InterruptedException;
  }

  /** Returns all rows of the task and seed. */
  public TaskData data() {
    return place.data();
  }

  /** Returns the model that the weights are of, as it is used. */
  public LanguageModel model() {
    LanguageModel model = place.task().architecture();
    return inference
        .positionFactors()
        .<LanguageModel>map(factors -> new PositionGatedModel(model, factors))
        .orElse(model);
  }

  /** Returns a copy of the weights, to be changed; close it. */
  public Weights copy() {
    return weights.copy();
  }

  /** Returns the manager in which more weights may be kept. */
  public NDManager manager() {
    return weights.manager().getParentManager();
  }

  /**
   * Returns what weights remember of artifact rows, and how useful they are.
   *
   * @param measured weights of the subject's model
   */
  public Map<String, Double> measure(Weights measured, ArtifactRows rows) {
    return values(place.judge().measure(measured, inference, rows, true));
  }

  /** Returns what another model remembers of artifact rows, and how useful it is. */
  Map<String, Double> measure(JudgedModel other, ArtifactRows rows) {
    return values(place.judge().measure(other.weights(), other.inference(), rows, true));
  }

  /** Returns what weights remember of artifact rows. */
  public Map<String, Double> recall(Weights measured, ArtifactRows rows) {
    return values(place.judge().measure(measured, inference, rows, false));
  }

  private static Map<String, Double> values(Scores scores) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric : Metrics.all()) {
      Double value = scores.of(metric);
      if (value != null) {
        FiniteValues.put(values, metric.id(), value);
      }
    }
    return values;
  }
}
