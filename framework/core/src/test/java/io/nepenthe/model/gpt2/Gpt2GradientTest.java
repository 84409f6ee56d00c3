package io.nepenthe.model.gpt2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Activation;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Gpt2GradientTest {
  private final RandomGenerator random = new RandomStreams(7).stream("test");

  /** Few rows; two parts of rows; several blocks of queries; logits a few rows at a time. */
  @ParameterizedTest
  @CsvSource({"3, 9, 11", "20, 130, 11", "2, 70, 11", "5, 40, 70000"})
  void itIsTheGradientThatAutogradComputes(int batch, int length, int vocabulary) {
    Gpt2 model = new Gpt2(Gpt2Config.tinyMem(vocabulary, length, 8, 2, 2));
    Sequences rows = Sequences.of(length, batch, (row, position) -> random.nextInt(vocabulary));
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values(model));
        Weights gradient = Weights.zeros(model.layout(), manager)) {
      gradient.flat().addi(manager.ones(gradient.flat().getShape())); // to be overwritten
      TokenBatch read = TokenBatch.of(manager, rows, rows.indices());
      float[] loss = new float[2];
      Torch.withGradients(
          false,
          () ->
              loss[0] =
                  model
                      .fusedGradient()
                      .orElseThrow()
                      .compute(weights, read.inputs(), read.targets(), gradient)
                      .toFloatArray()[0]);
      loss[1] = byAutograd(model, weights, read);
      assertEquals(loss[1], loss[0], 1e-5);
      assertNear(model, weights.flat().getGradient().toFloatArray(), gradient.toFloats());
    }
  }

  private static float byAutograd(Gpt2 model, Weights weights, TokenBatch read) {
    float[] loss = new float[1];
    Torch.withGradients(
        true,
        () -> {
          weights.flat().setRequiresGradient(true);
          var mean = NextTokenLoss.mean(model, weights.parameters(), read);
          Torch.backward(mean);
          loss[0] = mean.toFloatArray()[0];
        });
    return loss[0];
  }

  private static void assertNear(Gpt2 model, float[] expected, float[] computed) {
    for (TensorSpec tensor : model.layout().tensors()) {
      double square = 0;
      double difference = 0;
      for (long i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        square += Math.pow(expected[(int) i], 2);
        difference += Math.pow(expected[(int) i] - computed[(int) i], 2);
      }
      String message = tensor.name() + " " + Math.sqrt(difference) + " of " + Math.sqrt(square);
      assertTrue(Math.sqrt(difference) <= 1e-4 * Math.sqrt(square) + 1e-7, message);
    }
  }

  private float[] values(Gpt2 model) {
    float[] values = model.initialValues(random);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.1 * random.nextGaussian()); // biases and gains count, too
    }
    return values;
  }

  @Test
  void onlyModelsWithReluHaveIt() {
    for (Activation activation : Activation.values()) {
      Gpt2 model = new Gpt2(new Gpt2Config(11, 9, 8, 1, 2, 32, activation, 1e-5));
      assertEquals(activation == Activation.RELU, model.fusedGradient().isPresent());
    }
  }
}
