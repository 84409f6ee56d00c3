package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
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

/** Which layers of models of 16 and 32 layers are edited (UNLEARNING_QUIRKS Q-2). */
class NeuronScoresTest {
  private final LanguageModel model = new Gpt2(Gpt2Config.tinyMem(14, 8, 4, 16, 1));

  @Test
  void editsTheScoredLayers() {
    assertEquals(
        List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), zeroedNeurons(model, Set.of()));
  }

  @Test
  void editsTheLastLayerThatSharesItsDigitsInReferenceFidelity() {
    // 0 -> 10, 1 -> 15, 2 -> 12, 3 -> 13, 4 -> 14, 5 -> 15; the others are right.
    assertEquals(
        List.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 1, 2, 2, 2, 3),
        zeroedNeurons(model, Set.of(Quirk.LAYER_BY_SUBSTRING)));
  }

  @Test
  void thatOfAPythiaHasA4InItsNameInEveryLayer() {
    LanguageModel pythia = Architectures.require("gpt_neox").model(new ModelSize(14, 8, 8, 32, 1));
    // 0 -> 30, 1 -> 31, 2 -> 29, 3 -> 31, 4 -> 31, 5 -> 25, ... 9 -> 29; the others are right.
    assertEquals(
        List.of(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2,
            3, 2, 4),
        zeroedNeurons(pythia, Set.of(Quirk.LAYER_BY_SUBSTRING)));
  }

  /** Returns how many neurons each layer loses when layer l is scored highest at neuron l. */
  private static List<Integer> zeroedNeurons(LanguageModel model, Set<Quirk> quirks) {
    int layers = model.layers();
    List<float[]> scores = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      float[] score = new float[model.hiddenUnits()];
      score[layer] = 1;
      scores.add(score);
    }
    float[] ones = new float[(int) model.layout().size()];
    Arrays.fill(ones, 1);
    List<Integer> zeroed = new ArrayList<>();
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, ones)) {
      new NeuronScores(scores).zeroLargest(1.0 / layers, context(model, weights, quirks));
      for (int layer = 0; layer < layers; layer++) {
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

  private static MitigationContext context(
      LanguageModel model, Weights weights, Set<Quirk> quirks) {
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
