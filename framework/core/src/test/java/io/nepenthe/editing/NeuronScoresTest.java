package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which layers of a 16-layer model are edited (UNLEARNING_QUIRKS Q-2). */
class NeuronScoresTest {
  private static final int LAYERS = 16;

  private final LanguageModel model = new Gpt2(Gpt2Config.tinyMem(14, 8, 4, LAYERS, 1));

  @Test
  void editsTheScoredLayers() {
    assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), zeroedNeurons(Set.of()));
  }

  @Test
  void editsTheLastLayerThatSharesItsDigitsInReferenceFidelity() {
    // 0 -> 10, 1 -> 15, 2 -> 12, 3 -> 13, 4 -> 14, 5 -> 15; the others are right.
    assertEquals(
        List.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 1, 2, 2, 2, 3),
        zeroedNeurons(Set.of(Quirk.LAYER_BY_SUBSTRING)));
  }

  /** Returns how many neurons each layer loses when layer l is scored highest at neuron l. */
  private List<Integer> zeroedNeurons(Set<Quirk> quirks) {
    List<float[]> scores = new ArrayList<>();
    for (int layer = 0; layer < LAYERS; layer++) {
      float[] score = new float[model.hiddenUnits()];
      score[layer] = 1;
      scores.add(score);
    }
    float[] ones = new float[(int) model.layout().size()];
    Arrays.fill(ones, 1);
    List<Integer> zeroed = new ArrayList<>();
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, ones)) {
      new NeuronScores(scores).zeroLargest(1.0 / LAYERS, context(weights, quirks));
      for (int layer = 0; layer < LAYERS; layer++) {
        float[] bias = weights.tensor(model.mlp().get(layer).in().get(0).bias()).toFloatArray();
        int zeros = 0;
        for (float value : bias) {
          zeros += value == 0 ? 1 : 0;
        }
        zeroed.add(zeros);
      }
    }
    return zeroed;
  }

  private MitigationContext context(Weights weights, Set<Quirk> quirks) {
    AdamWSettings adamW = new AdamWSettings(0.1, 0.9, 0.98, 1e-8, 0.01);
    return new MitigationContext(
        model,
        weights,
        Given.NOTHING,
        new MitigationContext.Trained(
            new TrainingSettings(1, 1, adamW), 8, 1, OptimizerState.FRESH),
        quirks,
        new RandomStreams(0),
        Progress.SILENT);
  }
}
