package io.nepenthe.original;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint folder says of itself, in {@code training.json}. What was added after the first
 * version is left out where it is null, so that older records keep their hash.
 *
 * @param label task, seed and regularizer
 * @param passes passes made
 * @param steps optimizer steps made
 * @param losses mean training loss of every pass, in nats
 * @param seconds training time so far, saving left out
 * @param extraSeconds for the final checkpoint of a training that a method took part in, the time
 *     it costs: that of the whole training beyond plain training's, or all of it if the method
 *     trained on rows of its own; else null
 * @param ownRows how many rows a method chose to train on; null for all of the task's
 * @param positionFactors what the residual stream of the model in use is multiplied by at each
 *     position; null for nothing
 * @param key the training's key, which names its folder of the cache; null in older records
 * @param sha256 hash of every file of the folder, by name; its own, of itself without it
 */
public record CheckpointRecord(
    String label,
    int passes,
    long steps,
    List<Double> losses,
    double seconds,
    @Nullable Double extraSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer ownRows,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Double> positionFactors,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
    Map<String, String> sha256) {
  /** Copies the collections. */
  public CheckpointRecord {
    losses = List.copyOf(losses);
    positionFactors = positionFactors == null ? null : List.copyOf(positionFactors);
    sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
  }

  /** Returns the record of a model of which nothing is known but its files. */
  static CheckpointRecord unknown(Map<String, String> hashes) {
    return new CheckpointRecord(
        "trained elsewhere", 0, 0, List.of(), 0, null, null, null, null, hashes);
  }

  /** Returns this record with other hashes. */
  CheckpointRecord withHashes(Map<String, String> hashes) {
    return with(key, hashes);
  }

  /** Returns this record as one of the training of a key. */
  CheckpointRecord under(@Nullable String training) {
    return with(training, sha256);
  }

  private CheckpointRecord with(@Nullable String training, Map<String, String> hashes) {
    return new CheckpointRecord(
        label,
        passes,
        steps,
        losses,
        seconds,
        extraSeconds,
        ownRows,
        positionFactors,
        training,
        hashes);
  }

  /** Returns the label without the task: tasks of one training differ in their names. */
  String seedAndMethod() {
    return label.substring(label.indexOf(' ') + 1);
  }

  /**
   * Returns the hash of the weights file; if the training is unknown, of the configuration and all
   * weights files.
   */
  public String weightsHash() {
    return passes == 0
        ? ContentHash.of(Json.canonical(sha256))
        : sha256.getOrDefault("model.safetensors", "");
  }
}
