package io.nepenthe.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NextTokenLossTest {
  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(14, 8, 8, 1, 2));

  @Test
  void weightedSumWeighsEachRowsMean() {
    float[] values = model.initialValues(new RandomStreams(0).stream("init"));
    Sequences rows =
        Sequences.of(
            4, List.of(new int[] {1, 2, 3, 4}, new int[] {4, 3, 2, 1}, new int[] {5, 5, 7, 9}));
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values)) {
      Parameters parameters = weights.parameters();
      TokenBatch batch = TokenBatch.of(manager, rows, rows.indices());
      float[] means = NextTokenLoss.perRow(model, parameters, batch, Tap.NONE).toFloatArray();
      float sum =
          NextTokenLoss.weightedSum(model, parameters, batch, new float[] {-1, 0.5f, 2})
              .toFloatArray()[0];
      assertEquals(-means[0] + 0.5 * means[1] + 2 * means[2], sum, 1e-5);
    }
  }
}
