package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What methods that take part in training promise beyond {@link MitigationContractTest}.
 *
 * @param <P> record of the method's hyper-parameters
 */
@SuppressWarnings("JUnitClassModifiers") // plugins extend it
public abstract class RegularizerContractTest<P extends Record> extends MitigationContractTest<P> {
  private static final int PASSES = 4;
  private static final int BREAK = 2;

  @Test
  void trainingIsNotThePlainOne() {
    assertFalse(
        Arrays.equals(trained(TrainingHook.NONE), trained(hook())),
        "the hook changes nothing in " + PASSES + " passes over the tiny model's rows");
  }

  @Test
  void trainingThatWasBrokenOffEndsWithTheSameWeights() {
    TinyFixture fixture = TinyFixture.trained();
    try (Weights weights = fixture.initialWeights()) {
      TrainingHook first = hook();
      OptimizerState state = passes(weights, first, OptimizerState.FRESH, 0, BREAK);
      TrainingHook second = hook();
      first.state().ifPresent(second::restore);
      passes(weights, second, state, BREAK, PASSES);
      assertArrayEquals(trained(hook()), weights.toFloats());
    }
  }

  private static float[] trained(TrainingHook hook) {
    try (Weights weights = TinyFixture.trained().initialWeights()) {
      passes(weights, hook, OptimizerState.FRESH, 0, PASSES);
      return weights.toFloats();
    }
  }

  private static OptimizerState passes(
      Weights weights, TrainingHook hook, OptimizerState state, int from, int to) {
    try (Training training = TinyFixture.trained().training(weights, hook, state)) {
      for (int pass = from; pass < to; pass++) {
        training.pass(pass);
      }
      return training.optimizerState();
    }
  }

  private TrainingHook hook() {
    MitigationMethod<P> method = method();
    MitigationContext context = context();
    context.weights().close();
    return ((Regularizer<P>) method)
        .hook(Hyperparameters.bind(method.hyperparameters(), point()), context);
  }
}
