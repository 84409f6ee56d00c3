package io.nepenthe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A penalty on what a model computes, beside a loss whose head is computed in pieces. */
class SharedGraphTest {
  private final LanguageModel model =
      Architectures.require("gpt2").model(new ModelSize(1100, 6, 16, 2, 2));
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final Weights weights =
      Weights.of(
          model.layout(), manager, model.initialValues(new RandomStreams(0).stream("weights")));
  private final TokenBatch batch =
      TokenBatch.of(
          manager,
          Sequences.of(6, List.of(new int[] {5, 1, 900, 4, 7, 2}, new int[] {8, 1099, 3, 3, 0, 6})),
          new int[] {0, 1},
          6);

  @AfterEach
  void free() {
    weights.close();
    manager.close();
  }

  @Test
  void aPenaltyOnHiddenUnitsMayShareTheGraphOfTheLoss() {
    float[] inPieces =
        gradient((parameters, states) -> model.losses(parameters, states, batch.targets()).mean());
    float[] atOnce =
        gradient(
            (parameters, states) ->
                Ops.crossEntropy(model.logits(parameters, states), batch.targets()).mean());
    assertArrayEquals(atOnce, inPieces, 1e-6f);
  }

  private float[] gradient(BiFunction<Parameters, NDArray, NDArray> loss) {
    NDArray flat = weights.flat();
    flat.setRequiresGradient(true);
    float[][] found = new float[1][];
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Parameters parameters = weights.parameters();
            NDArray[] penalty = new NDArray[1];
            NDArray states =
                model.hiddenStates(
                    parameters,
                    batch.inputs(),
                    (layer, units) -> {
                      NDArray own = units.square().mean();
                      penalty[0] = layer == 0 ? own : penalty[0].add(own);
                      return units;
                    });
            Torch.backward(loss.apply(parameters, states).add(penalty[0]));
            found[0] = flat.getGradient().duplicate().toFloatArray();
            Torch.zeroGradient(flat);
          }
        });
    return found[0];
  }
}
