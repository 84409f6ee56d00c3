package io.nepenthe.original;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint folder says of itself, in {@code training.json}.
 *
 * @param label task, seed and regularizer
 * @param passes passes made
 * @param steps optimizer steps made
 * @param losses mean training loss of every pass, in nats
 * @param seconds training time so far, saving left out
 * @param extraSeconds for a regularizer's final checkpoint, the time of the whole training beyond
 *     plain training's; else null
 * @param sha256 hash of every file of the folder, by name; its own, of itself without it
 */
public record CheckpointRecord(
    String label,
    int passes,
    long steps,
    List<Double> losses,
    double seconds,
    @Nullable Double extraSeconds,
    Map<String, String> sha256) {
  /** Copies the collections. */
  public CheckpointRecord {
    losses = List.copyOf(losses);
    sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
  }

  /** Returns the hash of the weights file. */
  public String weightsHash() {
    return sha256.getOrDefault("model.safetensors", "");
  }
}
