package io.nepenthe.plugins.act;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;

/**
 * Act: neurons that are strongly active while the memorized text is produced, weighted by how much
 * they write to the residual stream, are zeroed.
 *
 * <p>Score of neuron i of a layer: |mean of its activation over the memorized rows and the
 * positions that predict their suffix| times the L2 norm of its outgoing weights. One forward pass,
 * without the head, a block at a time; only running sums are kept, no activations.
 */
@Extension
public final class Act implements LocalizedUnlearning<Act.Hyperparameters, NeuronScores> {
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
    Sequences memorized = context.forgetSet();
    int length = context.trainedLength(memorized);
    int firstPosition = context.windows().task().prompt() - 1;
    long count = (long) memorized.rows() * (length - 1 - firstPosition);
    try (NDManager manager = context.weights().manager().newSubManager()) {
      List<NDArray> sums = zeros(context, manager);
      Tap addUp =
          (layer, activation) -> {
            NDArray suffix = activation.get(":, " + firstPosition + ":"); // (B, T, H) -> (B, t, H)
            // -> (B, H) -> (H); in two steps, because that is 15 times faster than in one
            sums.get(layer).addi(suffix.sum(new int[] {1}).sum(new int[] {0}));
            return activation;
          };
      List<int[]> batches = MiniBatches.inOrder(memorized.rows(), context.rowsAtOnce(BATCH));
      for (int b = 0; b < batches.size(); b++) {
        context.progress(b, batches.size());
        read(memorized, batches.get(b), length, addUp, context);
      }
      List<float[]> scores = new ArrayList<>();
      for (int layer = 0; layer < sums.size(); layer++) {
        scores.add(score(sums.get(layer).toFloatArray(), count, outgoingNorms(layer, context)));
      }
      return new NeuronScores(scores);
    }
  }

  private static List<NDArray> zeros(MitigationContext context, NDManager manager) {
    List<NDArray> sums = new ArrayList<>();
    for (int layer = 0; layer < context.model().layers(); layer++) {
      int neurons = context.model().hiddenUnits();
      sums.add(Torch.kept(manager, Torch.floats(manager, new float[neurons], neurons)));
    }
    return sums;
  }

  private static void read(
      Sequences rows, int[] batchRows, int length, Tap tap, MitigationContext context) {
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(context.weights().manager(), rows, batchRows, length);
            Parameters parameters = context.weights().parameters().byBlock();
            context.model().hiddenStates(parameters, batch.inputs(), tap);
          }
        });
  }

  /** Returns the L2 norm of what each neuron of a layer writes, (H). */
  private static float[] outgoingNorms(int layer, MitigationContext context) {
    LinearMap out = context.model().mlp().get(layer).out();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray weight = FloatArrays.widened(context.weights().tensor(out.weight()));
      return weight.square().sum(new int[] {out.outputAxis()}).sqrt().toFloatArray();
    }
  }

  private static float[] score(float[] sums, long count, float[] norms) {
    float[] score = new float[sums.length];
    for (int i = 0; i < score.length; i++) {
      score[i] = Math.abs(sums[i] / count) * norms[i];
    }
    return score;
  }
}
