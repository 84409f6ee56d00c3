package io.nepenthe.run;

import io.nepenthe.original.Checkpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Models that a run was given. Each is looked at once: its hash, which all weights go into, is the
 * same for every seed. Thread-safe.
 */
final class GivenOriginals {
  private final Map<Path, Checkpoint> models = new ConcurrentHashMap<>();

  Checkpoint at(Path folder) {
    return models.computeIfAbsent(folder, Checkpoint::given);
  }
}
