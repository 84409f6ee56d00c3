package io.nepenthe.plugins.sou;

import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.Edits;
import io.nepenthe.editing.MlpGradients;
import io.nepenthe.editing.MlpLayout;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.Quirk;
import java.util.List;
import org.pf4j.Extension;

/**
 * SOU, second order unlearning: the weights that cannot be removed without raising the loss on
 * memorized text, even if the others make up for them, are taken to store it.
 *
 * <p>The saliency of an optimal brain surgeon, w² / (2 [F⁻¹]ᵢᵢ), with F the Fisher matrix of 512
 * gradient samples of memorized rows, in blocks of 50 weights; of every MLP tensor, biases
 * included, the share with the largest saliency is zeroed. Every ratio is read from the same
 * saliencies.
 */
@Extension
public final class Sou implements LocalizedUnlearning<Sou.Hyperparameters, float[]> {
  private static final int BATCH = 64;
  private static final int BLOCK = 50;
  private static final double DAMPING = 1e-7;

  /**
   * How much is edited.
   *
   * @param ratio share of each MLP tensor, in [0, 1]
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
      Localizations<Hyperparameters, float[]> found) {
    float[][] gradients = batchGradients(context);
    found.putForAll(points, saliencies(gradients, context));
  }

  /** Returns the gradient of every mini-batch's mean loss, (batches, M). */
  private static float[][] batchGradients(MitigationContext context) {
    Sequences memorized = context.forgetSet();
    List<int[]> batches = MiniBatches.inOrder(memorized.rows(), BATCH);
    float[][] gradients = new float[batches.size()][];
    try (MlpGradients sum = new MlpGradients(context.model(), context.weights())) {
      for (int b = 0; b < gradients.length; b++) {
        context.progress(b, gradients.length);
        sum.addMeanLoss(memorized, batches.get(b), context);
        gradients[b] = sum.sums();
        sum.clear();
      }
    }
    return gradients;
  }

  private static float[] saliencies(float[][] gradients, MitigationContext context) {
    boolean cleared = !context.reproduces(Quirk.GRADIENTS_NEVER_CLEARED);
    GradientSamples samples = new GradientSamples(gradients.length, cleared);
    MlpLayout layout = MlpLayout.of(context.model());
    float[] weights = layout.gather(context.weights());
    float[] saliencies = new float[layout.size()];
    for (TensorSpec tensor : layout.tensors()) {
      context.progress(tensor.offset(), layout.size());
      Triangle factor = samples.factor(context.model().layout().index(tensor.name()));
      int end = Math.toIntExact(tensor.offset() + tensor.size());
      for (int from = Math.toIntExact(tensor.offset()); from < end; from += BLOCK) {
        int to = Math.min(from + BLOCK, end);
        double[] curvatures = curvatures(gradients, from, to, factor);
        for (int i = from; i < to; i++) {
          double weight = weights[i];
          saliencies[i] = (float) (weight * weight * curvatures[i - from] / 2);
        }
      }
    }
    return saliencies;
  }

  /** Returns 1 / [F⁻¹]ᵢᵢ of the weights of one block. */
  private static double[] curvatures(float[][] gradients, int from, int to, Triangle factor) {
    double[][] rows = new double[to - from][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = factor.times(column(gradients, from + i));
    }
    return new BlockFisher(DAMPING, rows).curvatures();
  }

  private static double[] column(float[][] matrix, int column) {
    double[] entries = new double[matrix.length];
    for (int row = 0; row < entries.length; row++) {
      entries[row] = matrix[row][column];
    }
    return entries;
  }

  @Override
  public void edit(float[] saliencies, Hyperparameters hyperparameters, MitigationContext context) {
    Edits.zeroLargest(context.model(), context.weights(), saliencies, hyperparameters.ratio());
  }
}
