package io.nepenthe.cli;

import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.TrainingJob;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.tensor.Torch;

/** Finds original models, or trains them in this process: no plugin takes part. */
final class Originals {
  private Originals() {}

  /**
   * Returns the model that methods mitigate of a task and seed, trained if it is neither given nor
   * cached.
   */
  static Checkpoint trained(Suite suite, TaskSpec task, long seed, Console console) {
    if (!suite.seeds().contains(seed)) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "suite " + suite.name() + " has no seed " + seed + "; it has " + suite.seeds() + ".");
    }
    return task.givenFolder()
        .map(Checkpoint::given)
        .orElseGet(() -> trainedHere(suite, task, seed, console));
  }

  private static Checkpoint trainedHere(Suite suite, TaskSpec task, long seed, Console console) {
    Torch.useThreads(suite.threads());
    TrainingPlan plan =
        new TrainingPlan(task, seed, suite.fidelity(), suite.threads(), suite.device(), null);
    new TrainingJob(
            plan.order(),
            plan::plain,
            Places.cache(),
            (done, total) -> console.progressed("train " + plan.label(), done, total),
            console::say)
        .run();
    return plan.checkpoints(Places.cache()).find(task.mitigatedPasses()).orElseThrow();
  }
}
