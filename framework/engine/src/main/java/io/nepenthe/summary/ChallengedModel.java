package io.nepenthe.summary;

import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.TaskSelection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that challenges are put to.
 *
 * @param task id of its task
 * @param seed the run seed
 * @param subject id of the method whose trial it is, or {@link ChallengeResult#ORIGINAL}
 * @param trial id of the trial that stands for the method on this seed; null for the original
 */
public record ChallengedModel(String task, long seed, String subject, @Nullable String trial) {
  /** Returns those of a run: its original models, then its winners, by task and method. */
  public static List<ChallengedModel> of(StoredRun run) {
    List<ChallengedModel> models = new ArrayList<>();
    for (OriginalResult each : run.originals()) {
      models.add(new ChallengedModel(each.task(), each.seed(), ChallengeResult.ORIGINAL, null));
    }
    for (TaskSelection task : run.selection()) {
      for (MethodSelection method : task.methods()) {
        method
            .winners()
            .forEach(
                (seed, winner) ->
                    models.add(
                        new ChallengedModel(task.task(), seed, method.method(), winner.trial())));
      }
    }
    return models;
  }

  /** Returns the model that a result is of. */
  public static ChallengedModel of(ChallengeResult result) {
    return new ChallengedModel(result.task(), result.seed(), result.subject(), result.trial());
  }

  /** Returns task, seed and subject, as messages name them. */
  public String inWords() {
    return task + " seed " + seed + " " + subject;
  }
}
