package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nepenthe.model.PositionGatedModel;
import io.nepenthe.protocol.Fidelity;
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
  @ParameterizedTest
  @EnumSource
  void trainingIsNotThePlainOne(Fidelity fidelity) {
    TrainingChecks.Setup plain =
        new TrainingChecks.Setup(TinyFixture.trained().data().train(), TrainingHook.NONE);
    assertFalse(
        Arrays.equals(plain.trained(), TrainingChecks.Setup.of(subject(fidelity)).trained()),
        "the method changes nothing in a few passes over the tiny model's rows");
  }

  @ParameterizedTest
  @EnumSource
  void trainingThatWasBrokenOffEndsWithTheSameWeights(Fidelity fidelity) {
    keeps(ContractRule.RESUMES_TRAINING, subject(fidelity));
  }

  @ParameterizedTest
  @EnumSource
  void positionFactorsFitTheModel(Fidelity fidelity) {
    TrainingChecks.Setup.of(subject(fidelity))
        .hook()
        .positionFactors()
        .ifPresent(
            factors -> PositionGatedModel.requireFitting(TinyFixture.trained().model(), factors));
  }

  @ParameterizedTest
  @EnumSource
  void trainingAndFoldingLeaveNoOpenArrays(Fidelity fidelity) {
    keeps(ContractRule.LEAVES_NO_OPEN_ARRAYS, subject(fidelity));
  }
}
