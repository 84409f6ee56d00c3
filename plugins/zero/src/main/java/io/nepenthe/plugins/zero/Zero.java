package io.nepenthe.plugins.zero;

import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.pf4j.Extension;

/**
 * Zero: ablate one neuron at a time; those whose ablation raises the loss on the memorized rows
 * most are zeroed.
 *
 * <p>Score of a neuron: mean over mini-batches of 64 rows, in order, of the loss with the neuron
 * ablated, minus the same without. A short last mini-batch counts as much as a full one. With quirk
 * Q-1 all neurons of the layer but this one are ablated. What a neuron's ablation cannot change is
 * not computed again: see {@link Ablation}.
 */
@Extension
public final class Zero implements LocalizedUnlearning<Zero.Hyperparameters, NeuronScores> {
  private static final int BATCH = 64;

  /**
   * How much is edited.
   *
   * @param ratio share of each layer's neurons, in [0, 1]
   */
  public record Hyperparameters(double ratio) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void localize(
      List<Hyperparameters> points,
      MitigationContext context,
      Localizations<Hyperparameters, NeuronScores> found) {
    found.putForAll(points, scores(context));
  }

  @Override
  public void edit(
      NeuronScores scores, Hyperparameters hyperparameters, MitigationContext context) {
    scores.zeroLargest(hyperparameters.ratio(), context);
  }

  private static NeuronScores scores(MitigationContext context) {
    List<int[]> batches = MiniBatches.inOrder(context.forgetSet().rows(), BATCH);
    double[][] sums = new double[context.model().layers()][context.model().hiddenUnits()];
    Torch.withGradients(
        false,
        () -> {
          for (int b = 0; b < batches.size(); b++) {
            addLossChanges(sums, b, batches, context);
          }
        });
    List<float[]> scores = new ArrayList<>();
    for (double[] sum : sums) {
      scores.add(mean(sum, batches.size()));
    }
    return new NeuronScores(scores);
  }

  /** Adds how much each neuron's ablation changes the mean loss of one mini-batch. */
  private static void addLossChanges(
      double[][] sums, int b, List<int[]> batches, MitigationContext context) {
    Sequences rows = context.forgetSet();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TokenBatch batch =
          TokenBatch.of(
              context.weights().manager(), rows, batches.get(b), context.trainedLength(rows));
      UnchangedRun run = UnchangedRun.of(context.model(), context.weights().parameters(), batch);
      for (int layer = 0; layer < sums.length; layer++) {
        long before = ((long) b * sums.length + layer) * sums[layer].length;
        long total = (long) batches.size() * sums.length * sums[layer].length;
        addLayer(sums[layer], run, layer, context, done -> context.progress(before + done, total));
      }
    }
  }

  private static void addLayer(
      double[] sums, UnchangedRun run, int layer, MitigationContext context, IntConsumer progress) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Ablation ablation =
          context.reproduces(Quirk.ONE_NEURON_KEPT)
              ? Ablation.ofAllButOne(run, layer)
              : Ablation.ofOne(run, layer);
      double[] changes = ablation.lossChanges(progress);
      for (int i = 0; i < changes.length; i++) {
        sums[i] += changes[i];
      }
    }
  }

  private static float[] mean(double[] sums, int count) {
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / count);
    }
    return means;
  }
}
