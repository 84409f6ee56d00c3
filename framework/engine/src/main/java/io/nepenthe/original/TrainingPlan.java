package io.nepenthe.original;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.provenance.Versions;
import io.nepenthe.suite.TaskSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One training to be done or found in the cache.
 *
 * @param task what is trained
 * @param seed the run seed
 * @param fidelity clean or reference
 * @param threads threads one operator may use
 * @param device where it runs
 * @param regularizer what takes part, null for plain training
 */
public record TrainingPlan(
    TaskSpec task,
    long seed,
    Fidelity fidelity,
    int threads,
    String device,
    @Nullable RegularizerUse regularizer) {
  /** The stream of randomness from which a model's first weights are drawn. */
  public static final String INITIALISATION = "initialisation";

  /** Returns a hash of everything that could change the weights; it names the cache folder. */
  public String key() {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("protocol", ProtocolVersion.TRAINING);
    inputs.put("libtorch", Versions.libtorch());
    inputs.put("data", task.data().anywhere());
    inputs.put("window", task.window());
    inputs.put("model", task.model());
    inputs.put("training", task.training());
    String source = task.sourceHash();
    if (!source.isEmpty()) {
      inputs.put("source", source);
    }
    inputs.put("seed", seed);
    inputs.put("fidelity", fidelity);
    inputs.put("threads", threads);
    inputs.put("device", device);
    if (regularizer != null) {
      inputs.put("regularizer", regularizer.id());
      inputs.put("regularizerJar", regularizer.jarSha256());
      inputs.put("hyperparameters", regularizer.hyperparameters());
      if (!task.filesHash().isEmpty()) {
        inputs.put("files", task.filesHash());
      }
    }
    return ContentHash.of(Json.canonical(inputs));
  }

  /**
   * Returns the plan on another device. Its key is another too: look up the model by the plan it
   * was trained by.
   */
  public TrainingPlan on(String other) {
    return new TrainingPlan(task, seed, fidelity, threads, other, regularizer);
  }

  /** Returns the reference's defects to reproduce. */
  @JsonIgnore
  public Set<Quirk> quirks() {
    return Quirk.of(fidelity);
  }

  /** Returns task, seed and regularizer, as progress lines name a training. */
  public String label() {
    return task.id() + " " + seedAndMethod();
  }

  /** Returns what distinguishes trainings of one task. */
  String seedAndMethod() {
    return "seed " + seed + (regularizer == null ? "" : " " + regularizer.id());
  }
}
