package io.nepenthe.worker;

import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.plugin.Need;
import io.nepenthe.suite.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The checkpoints of an original model's own training that a method asks for. */
public final class EarlierModels {
  private EarlierModels() {}

  /**
   * Returns the folders of those that are kept, by passes; none where the model was trained
   * elsewhere.
   *
   * @param needs what a method asks for
   */
  public static Map<Integer, String> folders(Set<Need> needs, Path cache, TrainingPlan plan) {
    Map<Integer, String> folders = new TreeMap<>();
    if (plan.task().isGiven()) {
      return folders;
    }
    CheckpointStore store = plan.checkpoints(cache);
    for (Need need : needs) {
      need.passes()
          .ifPresent(
              passes ->
                  store
                      .find(passes)
                      .map(Checkpoint::folder)
                      .ifPresent(folder -> folders.put(passes, folder.toString())));
    }
    return folders;
  }
}
