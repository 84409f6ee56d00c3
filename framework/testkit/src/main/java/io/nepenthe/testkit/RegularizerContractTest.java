package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.PositionGatedModel;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What methods that take part in training promise beyond {@link MitigationContractTest}, in either
 * fidelity.
 *
 * @param <P> record of the method's hyper-parameters
 */
@SuppressWarnings("JUnitClassModifiers") // plugins extend it
public abstract class RegularizerContractTest<P extends Record> extends MitigationContractTest<P> {
  private static final int PASSES = 4;
  private static final int BREAK = 2;
  private static final long SEED = 1;

  /** What the method makes of one training. */
  private record Setup(Sequences rows, TrainingHook hook) {}

  @ParameterizedTest
  @EnumSource
  void trainingIsNotThePlainOne(Fidelity fidelity) {
    Setup plain = new Setup(TinyFixture.trained().data().train(), TrainingHook.NONE);
    assertFalse(
        Arrays.equals(trained(plain), trained(setup(fidelity))),
        "the method changes nothing in " + PASSES + " passes over the tiny model's rows");
  }

  @ParameterizedTest
  @EnumSource
  void trainingThatWasBrokenOffEndsWithTheSameWeights(Fidelity fidelity) {
    TinyFixture fixture = TinyFixture.trained();
    try (Weights weights = fixture.initialWeights()) {
      Setup first = setup(fidelity);
      OptimizerState state = passes(weights, first, OptimizerState.FRESH, 0, BREAK);
      Setup second = setup(fidelity);
      first.hook().state().ifPresent(second.hook()::restore);
      passes(weights, second, state, BREAK, PASSES);
      assertTrue(
          Arrays.equals(trained(setup(fidelity)), weights.toFloats()),
          "a training that was broken off and went on ends with other weights: give all that the"
              + " hook remembers in state(), and take it up in restore()");
    }
  }

  @ParameterizedTest
  @EnumSource
  void foldingIsTheSameAfterAResume(Fidelity fidelity) {
    try (Weights weights = TinyFixture.trained().initialWeights()) {
      Setup first = setup(fidelity);
      passes(weights, first, OptimizerState.FRESH, 0, BREAK);
      Setup second = setup(fidelity);
      first.hook().state().ifPresent(second.hook()::restore);
      assertTrue(
          Arrays.equals(folded(first.hook(), weights), folded(second.hook(), weights)),
          "after a resume, fold leaves other weights: what it uses must be in state()");
    }
  }

  @ParameterizedTest
  @EnumSource
  void positionFactorsFitTheModel(Fidelity fidelity) {
    setup(fidelity)
        .hook()
        .positionFactors()
        .ifPresent(
            factors -> PositionGatedModel.requireFitting(TinyFixture.trained().model(), factors));
  }

  @ParameterizedTest
  @EnumSource
  void trainingAndFoldingLeaveNoOpenArrays(Fidelity fidelity) {
    try (Weights weights = TinyFixture.trained().initialWeights()) {
      int before = weights.manager().getManagedArrays().size();
      Setup setup = setup(fidelity);
      passes(weights, setup, OptimizerState.FRESH, 0, 1);
      Torch.withGradients(false, () -> setup.hook().fold(TinyFixture.trained().model(), weights));
      assertEquals(before, weights.manager().getManagedArrays().size(), OPEN_ARRAYS);
    }
  }

  private static float[] folded(TrainingHook hook, Weights weights) {
    try (Weights copy = weights.copy()) {
      Torch.withGradients(false, () -> hook.fold(TinyFixture.trained().model(), copy));
      return copy.toFloats();
    }
  }

  private static float[] trained(Setup setup) {
    try (Weights weights = TinyFixture.trained().initialWeights()) {
      passes(weights, setup, OptimizerState.FRESH, 0, PASSES);
      return weights.toFloats();
    }
  }

  private static OptimizerState passes(
      Weights weights, Setup setup, OptimizerState state, int from, int to) {
    try (Training training =
        TinyFixture.trained().training(weights, setup.rows(), setup.hook(), state)) {
      for (int pass = from; pass < to; pass++) {
        training.pass(pass);
      }
      return training.optimizerState();
    }
  }

  private Setup setup(Fidelity fidelity) {
    MitigationMethod<P> method = method();
    Regularizer<P> regularizer = (Regularizer<P>) method;
    P hyperparameters = Hyperparameters.bind(method.hyperparameters(), point());
    MitigationContext context =
        TinyFixture.trained().context(given(), Quirk.of(fidelity), SEED, Progress.SILENT);
    Sequences rows = regularizer.trainingRows(TinyFixture.trained().data().train(), context);
    TrainingHook hook = regularizer.hook(hyperparameters, context);
    context.weights().close();
    return new Setup(rows, hook);
  }
}
