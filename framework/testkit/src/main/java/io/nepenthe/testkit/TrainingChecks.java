package io.nepenthe.testkit;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;

/** Checks of methods that take part in training, on a few passes over the tiny model's rows. */
final class TrainingChecks {
  static final int PASSES = 4;
  static final int BREAK = 2;

  private TrainingChecks() {}

  /** What a method makes of one training. */
  record Setup(Sequences rows, TrainingHook hook) {
    static <P extends Record> Setup of(ContractSubject<P> subject) {
      Regularizer<P> regularizer = (Regularizer<P>) subject.method();
      P hyperparameters = subject.bound(subject.point());
      MitigationContext context = subject.context();
      Sequences rows = regularizer.trainingRows(TinyFixture.trained().data().train(), context);
      TrainingHook hook = regularizer.hook(hyperparameters, context);
      context.weights().close();
      return new Setup(rows, hook);
    }

    float[] trained() {
      try (Weights weights = TinyFixture.trained().initialWeights()) {
        passes(weights, OptimizerState.FRESH, 0, PASSES);
        return weights.toFloats();
      }
    }

    OptimizerState passes(Weights weights, OptimizerState state, int from, int to) {
      try (Training training = TinyFixture.trained().training(weights, rows, hook, state)) {
        for (int pass = from; pass < to; pass++) {
          training.pass(pass);
        }
        return training.optimizerState();
      }
    }

    float[] folded(Weights weights) {
      try (Weights copy = weights.copy()) {
        Torch.withGradients(false, () -> hook.fold(TinyFixture.trained().model(), copy));
        return copy.toFloats();
      }
    }
  }

  static void brokenOffTrainingEndsWithTheSameWeights(ContractSubject<?> subject) {
    try (Weights weights = TinyFixture.trained().initialWeights()) {
      Setup first = Setup.of(subject);
      OptimizerState state = first.passes(weights, OptimizerState.FRESH, 0, BREAK);
      Setup second = Setup.of(subject);
      first.hook().state().ifPresent(second.hook()::restore);
      Promise.sameWeights(
          first.folded(weights), second.folded(weights), "folded after a training was resumed");
      second.passes(weights, state, BREAK, PASSES);
      Promise.sameWeights(
          Setup.of(subject).trained(), weights.toFloats(), "a training that was broken off");
    }
  }

  static void leavesNoOpenArrays(ContractSubject<?> subject) {
    try (Weights weights = TinyFixture.trained().initialWeights()) {
      int before = weights.manager().getManagedArrays().size();
      Setup setup = Setup.of(subject);
      setup.passes(weights, OptimizerState.FRESH, 0, 1);
      Torch.withGradients(false, () -> setup.hook().fold(TinyFixture.trained().model(), weights));
      Promise.equal(before, weights.manager().getManagedArrays().size(), RunChecks.OPEN_ARRAYS);
    }
  }
}
