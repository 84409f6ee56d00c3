package io.nepenthe.plugins.balancedsubnet;

import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.EntryMasks;
import io.nepenthe.editing.MaskTraining;
import io.nepenthe.editing.ScoreMasks;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.List;
import org.pf4j.Extension;

/**
 * BalancedSubnet: learns which MLP weights to drop so that the memorized rows are forgotten and the
 * others are not.
 *
 * <p>Every weight of every MLP matrix has a score, and those with the smallest are masked out from
 * the first step on. Each pass takes the forget and retain sets together in a new random order; a
 * mini-batch minimises {@code -(1 - lossWeight) * mean loss of its forget rows + lossWeight * mean
 * loss of its retain rows}. All requested numbers of epochs are snapshots of one run.
 */
@Extension
public final class BalancedSubnet implements LocalizedUnlearning<BalancedSubnetParams, EntryMasks> {
  @Override
  public Class<BalancedSubnetParams> hyperparameters() {
    return BalancedSubnetParams.class;
  }

  @Override
  public void localize(
      List<BalancedSubnetParams> points,
      MitigationContext context,
      Localizations<BalancedSubnetParams, EntryMasks> found) {
    Sequences forget = context.forgetSet();
    Sequences rows = forget.concat(context.retainSet());
    BalancedSubnetParams shared = points.get(0);
    try (ScoreMasks masks = newMasks(shared, context)) {
      new MaskTraining<>(masks, points, BalancedSubnetParams::epochs)
          .run(
              epoch ->
                  MiniBatches.shuffled(
                      rows.rows(), shared.batchSize(), context.random("shuffle/" + epoch)),
              batch -> step(masks, rows, forget.rows(), batch, shared.lossWeight(), context),
              context,
              found);
    }
  }

  @Override
  public void edit(
      EntryMasks kept, BalancedSubnetParams hyperparameters, MitigationContext context) {
    kept.zeroDropped(context.weights());
  }

  /** Returns masks with the scores that every run of this seed starts from. */
  static ScoreMasks newMasks(BalancedSubnetParams hyperparameters, MitigationContext context) {
    return new ScoreMasks(
        context.model(),
        context.weights(),
        hyperparameters.ratio(),
        ScoreMasks.Sgd.TINY_MEM,
        context.random("scores"));
  }

  /**
   * Takes one step on the scores.
   *
   * @param rows the forget rows, then the retain rows
   * @param forgetRows how many of them are to be forgotten
   */
  static void step(
      ScoreMasks masks,
      Sequences rows,
      int forgetRows,
      int[] batchRows,
      double lossWeight,
      MitigationContext context) {
    int length = context.trainedLength(rows);
    float[] rowWeights = rowWeights(batchRows, forgetRows, lossWeight);
    masks.step(
        parameters -> {
          TokenBatch batch = TokenBatch.of(context.weights().manager(), rows, batchRows, length);
          return NextTokenLoss.weightedSum(context.model(), parameters, batch, rowWeights);
        });
  }

  /**
   * Returns each row's factor; a class without rows in the batch adds 0 (UNLEARNING_QUIRKS Q-5).
   */
  static float[] rowWeights(int[] batchRows, int forgetRows, double lossWeight) {
    int forget = 0;
    for (int row : batchRows) {
      forget += row < forgetRows ? 1 : 0;
    }
    int retain = batchRows.length - forget;
    float[] weights = new float[batchRows.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          (float) (batchRows[i] < forgetRows ? -(1 - lossWeight) / forget : lossWeight / retain);
    }
    return weights;
  }
}
