package io.nepenthe.worker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the judge asks of a worker: one line of JSON. It says all that a worker must know, wherever
 * it runs; folders and files it names are of a file system that both see.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkerRequest.Train.class, name = "train"),
  @JsonSubTypes.Type(value = WorkerRequest.Mitigate.class, name = "mitigate"),
  @JsonSubTypes.Type(value = WorkerRequest.Continue.class, name = "continue")
})
public sealed interface WorkerRequest {
  /** Returns the jar whose code the worker runs; empty if it runs this program's alone. */
  @JsonIgnore
  default Optional<String> jar() {
    return Optional.empty();
  }

  /**
   * Train a model into the cache.
   *
   * @param plan what to train
   * @param cache the cache folder
   * @param corpora where texts lie
   */
  record Train(TrainingPlan plan, String cache, CorpusPlaces corpora) implements WorkerRequest {
    @Override
    public Optional<String> jar() {
      return Optional.ofNullable(plan.regularizer()).map(RegularizerUse::jar);
    }
  }

  /**
   * Run one method on one original model, one or more grid points that share a localization.
   *
   * @param job what to run
   * @param folder where mitigated models are left
   */
  record Mitigate(MitigationJob job, String folder) implements WorkerRequest {
    @Override
    public Optional<String> jar() {
      return Optional.of(job.plugin());
    }
  }

  /** Go on after an answer: the judge has taken what it needs. */
  record Continue() implements WorkerRequest {}

  /**
   * A method on an original model.
   *
   * @param plan how the original model was trained
   * @param checkpoint folder of the original model
   * @param fingerprint hash of its files
   * @param earlier folders of earlier checkpoints that the method asks for, by passes
   * @param forgetRows indices of the artifact rows it reproduces
   * @param plugin path of the method's jar
   * @param pluginSha256 hash of that jar
   * @param points grid points that share a localization
   * @param corpora where texts lie
   */
  record MitigationJob(
      TrainingPlan plan,
      String checkpoint,
      String fingerprint,
      Map<Integer, String> earlier,
      List<Integer> forgetRows,
      String plugin,
      String pluginSha256,
      List<Map<String, Number>> points,
      CorpusPlaces corpora) {
    /** Copies the collections. */
    public MitigationJob {
      earlier = Map.copyOf(earlier);
      forgetRows = List.copyOf(forgetRows);
      points = List.copyOf(points);
    }
  }
}
