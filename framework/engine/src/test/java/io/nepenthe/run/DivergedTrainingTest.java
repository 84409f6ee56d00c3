package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.original.TrainingJob;
import io.nepenthe.original.TrainingSetup;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.training.TrainingHook;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that end in no numbers say so in one line. */
class DivergedTrainingTest {
  private static final String ADVICE = "Lower training.learningRate of task tiny-noise";

  @TempDir private Path folder;

  private String message(TrainingPlan plan, TrainingSetup setup) {
    TrainingJob job = new TrainingJob(plan.order(), setup, folder, Progress.SILENT);
    NepentheException e = assertThrows(NepentheException.class, job::run);
    assertEquals(ErrorCode.RUN_INCOMPLETE, e.code());
    assertEquals(1, e.getMessage().lines().count());
    return e.getMessage();
  }

  @Test
  void aLossThatIsNoNumberEndsTheTraining() {
    TrainingPlan plan = TinySuite.training(0);
    TrainingSetup plain = plan.plain();
    TrainingHook hook = new TestMethods.DivergingHook(1);
    String message = message(plan, new TrainingSetup(plain.rows(), plain.length(), false, hook));
    assertEquals(
        "training of tiny-noise seed 0 diverged: after pass 1 of 60 the loss is NaN. "
            + ADVICE
            + ".",
        message);
    assertTrue(plan.checkpoints(folder).newest().isEmpty());
  }

  @Test
  void weightsThatAreNoNumbersAreNotHandedOver() {
    TrainingPlan plan = TinySuite.training(0);
    TrainingSetup plain = plan.plain();
    TrainingHook hook =
        new TrainingHook() {
          @Override
          public void fold(LanguageModel model, Weights weights) {
            NDArray flat = weights.flat();
            flat.subi(flat.duplicate()).divi(flat.duplicate());
          }
        };
    String message = message(plan, new TrainingSetup(plain.rows(), plain.length(), false, hook));
    assertTrue(message.contains("after pass 20 of 60 a weight handed over is NaN"), message);
    assertTrue(plan.checkpoints(folder).newest().isEmpty());
  }

  @Test
  void aTrialWhoseTrainingDivergesHasFailedForThatReason() {
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "diverges", TestMethods.Diverges.class, 0.5);
    Suite suite = TinySuite.suite(List.of(0L), 60, "diverges");
    Listener listener =
        TinySuite.run(suite, plugins, folder.resolve("out"), folder.resolve("cache"));
    assertEquals(1, listener.warnings().size());
    TrialOutcome outcome =
        TinySuite.trials(folder.resolve("out")).values().iterator().next().outcome();
    assertEquals(
        new TrialOutcome.Failed(
            "training of tiny-noise seed 0 diverges diverged: after pass 17 of 60 the loss is NaN. "
                + ADVICE
                + ", or try other values than {strength=0.5}."),
        outcome);
  }
}
