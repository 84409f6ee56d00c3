package io.nepenthe.plugins.sou;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.editing.Edits;
import io.nepenthe.editing.EntryScores;
import io.nepenthe.editing.MlpGradients;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class Sou implements LocalizedUnlearning<Sou.Hyperparameters, EntryScores> {
  private static final int BATCH = 64;
  private static final int BLOCK = 50;
  private static final double DAMPING = 1e-7;

  /** Blocks whose numbers are in Java memory at once; few, so that any tensor is done in pieces. */
  private static final int PIECE = 20_000 * BLOCK;

  /** Gradients held on the device at once: 16 GiB. A model with more is done in several passes. */
  private static final long MOST_GRADIENTS = 1L << 32;

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
      Localizations<Hyperparameters, EntryScores> found) {
    found.putForAll(points, saliencies(MOST_GRADIENTS, context));
  }

  /**
   * Returns the saliency of every entry.
   *
   * @param mostGradients how many numbers the gradients held at once may be
   */
  static EntryScores saliencies(long mostGradients, MitigationContext context) {
    List<int[]> batches = MiniBatches.inOrder(context.forgetSet().rows(), BATCH);
    List<TensorSpec> tensors = Edits.editable(context.model());
    List<List<TensorSpec>> groups = groups(tensors, mostGradients / batches.size());
    Steps steps = new Steps(context, (long) groups.size() * batches.size() + tensors.size());
    EntryScores saliencies = new EntryScores(context.weights());
    for (List<TensorSpec> group : groups) {
      try (NDManager manager = context.weights().manager().newSubManager();
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Map<String, NDList> gradients = batchGradients(group, batches, manager, steps);
        for (TensorSpec tensor : group) {
          steps.begin();
          NDList ofBatches = gradients.get(tensor.name());
          saliencies.put(tensor.name(), saliencies(tensor, ofBatches, context));
        }
      }
    }
    return saliencies;
  }

  /** What is done and counted: every group's mini-batches, then its tensors. */
  private static final class Steps {
    private final MitigationContext context;
    private final long total;
    private long done;

    Steps(MitigationContext context, long total) {
      this.context = context;
      this.total = total;
    }

    void begin() {
      context.progress(done++, total);
    }
  }

  /** Cuts a list into groups of at most so many entries, or of one tensor. */
  private static List<List<TensorSpec>> groups(List<TensorSpec> tensors, long mostEntries) {
    List<List<TensorSpec>> groups = new ArrayList<>();
    long left = 0;
    for (TensorSpec tensor : tensors) {
      if (groups.isEmpty() || tensor.size() > left) {
        groups.add(new ArrayList<>());
        left = mostEntries;
      }
      groups.get(groups.size() - 1).add(tensor);
      left -= tensor.size();
    }
    return groups;
  }

  /** Returns the gradient of every mini-batch's mean loss, by tensor. */
  private static Map<String, NDList> batchGradients(
      List<TensorSpec> tensors, List<int[]> batches, NDManager manager, Steps steps) {
    MitigationContext context = steps.context;
    Map<String, NDList> gradients = new LinkedHashMap<>();
    tensors.forEach(tensor -> gradients.put(tensor.name(), new NDList()));
    try (MlpGradients sum = new MlpGradients(context.model(), context.weights(), tensors)) {
      for (int[] batch : batches) {
        steps.begin();
        sum.addMeanLoss(context.forgetSet(), batch, context);
        gradients.forEach(
            (tensor, list) -> list.add(Torch.kept(manager, sum.sum(tensor).duplicate())));
        sum.clear();
      }
    }
    return gradients;
  }

  private static NDArray saliencies(
      TensorSpec tensor, NDList gradients, MitigationContext context) {
    boolean cleared = !context.reproduces(Quirk.GRADIENTS_NEVER_CLEARED);
    int position = context.model().layout().index(tensor.name());
    Triangle factor = new GradientSamples(gradients.size(), cleared).factor(position);
    NDArray weights = context.weights().tensor(tensor.name());
    NDArray saliencies = weights.getManager().zeros(weights.getShape());
    for (long from = 0; from < tensor.size(); from += PIECE) {
      int count = (int) Math.min(PIECE, tensor.size() - from);
      float[][] ofBatches = new float[gradients.size()][];
      for (int b = 0; b < ofBatches.length; b++) {
        ofBatches[b] = Pieces.read(gradients.get(b), from, count);
      }
      float[] values = Pieces.read(weights, from, count);
      Pieces.write(saliencies, from, saliencies(values, ofBatches, factor));
    }
    return saliencies;
  }

  /** Returns the saliencies of consecutive weights, the first of which begins a block. */
  private static float[] saliencies(float[] weights, float[][] gradients, Triangle factor) {
    float[] saliencies = new float[weights.length];
    for (int from = 0; from < weights.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, weights.length);
      double[] curvatures = curvatures(gradients, from, to, factor);
      for (int i = from; i < to; i++) {
        double weight = weights[i];
        saliencies[i] = (float) (weight * weight * curvatures[i - from] / 2);
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
  public void edit(
      EntryScores saliencies, Hyperparameters hyperparameters, MitigationContext context) {
    saliencies.zeroLargestOfEach(hyperparameters.ratio(), context.weights());
  }
}
