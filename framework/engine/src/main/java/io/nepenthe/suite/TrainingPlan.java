package io.nepenthe.suite;

import io.nepenthe.json.Json;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingName;
import io.nepenthe.original.TrainingOrder;
import io.nepenthe.original.TrainingSetup;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.provenance.Versions;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.Vocabulary;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
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
  public Set<Quirk> quirks() {
    return Quirk.of(fidelity);
  }

  /** Returns what tells this training from others. */
  public TrainingName name() {
    return named(key());
  }

  private TrainingName named(String key) {
    return new TrainingName(key, task.id(), seed, regularizer == null ? null : regularizer.id());
  }

  /** Returns task, seed and regularizer, as progress lines name a training. */
  public String label() {
    return named("").label();
  }

  /** Returns its checkpoints within the cache folder; damage is logged. */
  public CheckpointStore checkpoints(Path cache) {
    return new CheckpointStore(cache, name());
  }

  /**
   * Returns its checkpoints within the cache folder.
   *
   * @param warnings receives one line per damaged checkpoint
   */
  public CheckpointStore checkpoints(Path cache, Consumer<String> warnings) {
    return new CheckpointStore(cache, name(), warnings);
  }

  /** Returns what whoever trains must know, but for the rows. */
  public TrainingOrder order() {
    ModelSpec model = Objects.requireNonNull(task.model(), "it was trained elsewhere");
    Vocabulary ids = task.vocabulary();
    return new TrainingOrder(
        name(),
        model.kind().type(),
        model.kind().config(model.model(ids.size(), task.data().length())),
        new SpecialIds(ids.begin(), ids.end(), ids.padding()),
        task.trainedHere().settings(),
        task.trainedHere().checkpoints(),
        quirks(),
        threads,
        device,
        regularizer);
  }

  /** Returns the rows of plain training, and no hook. */
  public TrainingSetup plain() {
    TaskData data = task.build(seed, quirks());
    return TrainingSetup.plain(data.train(), data.trainedLength(quirks()));
  }
}
