package io.nepenthe.worker;

import io.nepenthe.exchange.HandedRows;
import io.nepenthe.exchange.RowsFile;
import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.plugin.Need;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.TaskData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes requests, and hands over the rows that go with them. A worker builds none itself: it gets
 * those it needs, as a file that is its own.
 */
public final class Requests {
  private Requests() {}

  /**
   * Returns the request for a training.
   *
   * @param needs what the method that takes part asks for
   * @param data all rows of the plan's task and seed
   * @param folder where the rows are handed over
   */
  public static WorkerRequest.Train training(
      TrainingPlan plan, Set<Need> needs, TaskData data, Path cache, Path folder) {
    RowsFile rows = RowsFile.write(folder, NeededRows.inTraining(needs, data, plan));
    return new WorkerRequest.Train(plan.order(), rows, cache.toString());
  }

  /**
   * Returns the request for a method on an original model.
   *
   * @param plan how the model was trained; the method runs on its device
   * @param data all rows of the plan's task and seed
   * @param memorized indices of the artifact rows that the model reproduces
   * @param earlier folders of earlier checkpoints that the method asks for, by passes
   * @param points grid points that share a localization
   * @param folder where the rows are handed over, and mitigated models are left
   */
  public static WorkerRequest.Mitigate mitigation(
      TrainingPlan plan,
      TaskData data,
      Checkpoint model,
      List<Integer> memorized,
      Map<Integer, String> earlier,
      InstalledPlugin plugin,
      List<Map<String, Number>> points,
      Path folder) {
    HandedRows rows =
        NeededRows.afterTraining(
            plugin.descriptor().allNeeds(),
            data,
            plan,
            memorized.stream().mapToInt(Integer::intValue).toArray());
    return new WorkerRequest.Mitigate(
        new WorkerRequest.MitigationJob(
            model.folder().toString(),
            model.fingerprint(),
            earlier,
            !plan.task().isGiven(),
            plan.task().furtherTraining().orElse(null),
            RowsFile.write(folder, rows),
            plan.quirks(),
            plan.seed(),
            plan.threads(),
            plan.device(),
            plan.task().computedIn(),
            plugin.jar().toString(),
            plugin.sha256(),
            points),
        folder.toString());
  }
}
