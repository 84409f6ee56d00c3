package io.nepenthe.plugins.randompruning;

import io.nepenthe.editing.Edits;
import io.nepenthe.editing.Selection;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Pieces;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;

/**
 * The control that zeroes weights at random: BalancedSubnet's edit with nothing learned. A method
 * is worth something only where it beats this one.
 */
@Extension
public final class RandomPruning implements Unlearning<RandomPruning.Hyperparameters> {
  /**
   * How much is pruned.
   *
   * @param ratio share of each MLP weight matrix, in [0, 1]
   */
  public record Hyperparameters(double ratio) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    RandomGenerator random = context.random("entries");
    int layers = context.model().layers();
    for (int layer = 0; layer < layers; layer++) {
      context.progress(layer, layers);
      MlpTensors mlp = context.model().mlp().get(layer);
      for (String matrix : mlp.weights()) {
        zeroRandomEntries(matrix, hyperparameters.ratio(), random, context);
      }
    }
  }

  private static void zeroRandomEntries(
      String matrix, double ratio, RandomGenerator random, MitigationContext context) {
    int size = Math.toIntExact(context.weights().layout().tensor(matrix).size());
    int[] order = RandomStreams.permutation(size, random);
    int count = (int) Selection.count(size, ratio);
    for (int from = 0; from < count; from += Pieces.ENTRIES) {
      int to = Math.min(count - from, Pieces.ENTRIES) + from;
      long[] entries = Arrays.stream(order, from, to).asLongStream().toArray();
      Edits.zeroEntries(context.weights(), matrix, entries);
    }
  }
}
