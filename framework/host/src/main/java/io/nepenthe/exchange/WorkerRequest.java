package io.nepenthe.exchange;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingOrder;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.training.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Returns where it computes. */
  @JsonIgnore
  default String device() {
    return "cpu";
  }

  /**
   * Train a model into the cache.
   *
   * @param order what to train
   * @param rows the rows to train on, and what the method that takes part asks for
   * @param cache the cache folder
   */
  record Train(TrainingOrder order, RowsFile rows, String cache) implements WorkerRequest {
    @Override
    public Optional<String> jar() {
      return Optional.ofNullable(order.regularizer()).map(RegularizerUse::jar);
    }

    @Override
    public String device() {
      return order.device();
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

    @Override
    public String device() {
      return job.device();
    }
  }

  /** Go on after an answer: the judge has taken what it needs. */
  record Continue() implements WorkerRequest {}

  /**
   * A method on an original model.
   *
   * @param checkpoint folder of the original model
   * @param fingerprint hash of its files
   * @param earlier folders of earlier checkpoints that the method asks for, by passes
   * @param trainedHere whether the weights are known that its training began with
   * @param settings how it is trained on; null if nobody says
   * @param rows what the method asks for
   * @param quirks the reference's defects to reproduce
   * @param seed the run seed
   * @param threads threads one operator may use
   * @param device where the method runs
   * @param computeType in which products with matrices are computed
   * @param plugin path of the method's jar
   * @param pluginSha256 hash of that jar
   * @param points grid points that share a localization
   */
  record MitigationJob(
      String checkpoint,
      String fingerprint,
      Map<Integer, String> earlier,
      boolean trainedHere,
      @Nullable TrainingSettings settings,
      RowsFile rows,
      Set<Quirk> quirks,
      long seed,
      int threads,
      String device,
      FloatType computeType,
      String plugin,
      String pluginSha256,
      List<Map<String, Number>> points) {
    /** Copies the collections. */
    public MitigationJob {
      earlier = Map.copyOf(earlier);
      quirks = Set.copyOf(quirks);
      points = List.copyOf(points);
    }
  }
}
