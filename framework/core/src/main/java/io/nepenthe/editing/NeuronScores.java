package io.nepenthe.editing;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.Quirk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A score for each hidden unit of each MLP; the largest are taken to hold the memorized text.
 *
 * @param layers per layer, one score per hidden unit; not copied, so leave the arrays alone
 */
public record NeuronScores(List<float[]> layers) {
  /** Copies the list. */
  public NeuronScores {
    layers = List.copyOf(layers);
  }

  /** Returns the scores of {@code layers} layers that lie one after the other, L * H. */
  public static NeuronScores of(float[] scores, int layers) {
    int units = scores.length / layers;
    List<float[]> cut = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      cut.add(Arrays.copyOfRange(scores, layer * units, (layer + 1) * units));
    }
    return new NeuronScores(cut);
  }

  /** Returns the floor(H * ratio) highest scored units of one layer, rising; ties: lowest first. */
  public int[] largest(int layer, double ratio) {
    float[] scores = layers.get(layer);
    return Selection.largest(scores, (int) Selection.count(scores.length, ratio));
  }

  /**
   * Ablates the highest scored units of every layer (UNLEARNING 0, "applying a neuron mask").
   *
   * <p>With quirk Q-2 the last layer is edited whose tensor name contains the number of the scored
   * one, which is another layer once layer numbers have two digits.
   *
   * @param ratio share of each layer's units
   */
  public void zeroLargest(double ratio, MitigationContext context) {
    LanguageModel model = context.model();
    boolean byName = context.reproduces(Quirk.LAYER_BY_SUBSTRING);
    for (int layer = 0; layer < layers.size(); layer++) {
      int edited = byName ? lastNamedLike(layer, model.mlp()) : layer;
      Edits.zeroNeurons(model, context.weights(), edited, largest(layer, ratio));
    }
  }

  /** Returns the last layer whose first MLP tensor has {@code layer}'s digits in its name. */
  private static int lastNamedLike(int layer, List<MlpTensors> mlp) {
    String digits = Integer.toString(layer);
    int last = mlp.size() - 1;
    while (!mlp.get(last).in().get(0).weight().contains(digits)) {
      last--;
    }
    return last;
  }
}
