package io.nepenthe.plugins.subnet;

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
 * Subnet: learns which MLP weights to drop so that the memorized rows are forgotten.
 *
 * <p>Every weight of every MLP matrix has a score, and those with the smallest are masked out from
 * the first step on. Each pass takes the forget set in order; a mini-batch maximises its mean loss.
 * All requested numbers of epochs are snapshots of one run.
 */
@Extension
public final class Subnet implements LocalizedUnlearning<SubnetParams, EntryMasks> {
  private static final double LEARNING_RATE = 0.1;

  @Override
  public Class<SubnetParams> hyperparameters() {
    return SubnetParams.class;
  }

  @Override
  public void localize(
      List<SubnetParams> points,
      MitigationContext context,
      Localizations<SubnetParams, EntryMasks> found) {
    SubnetParams shared = points.get(0);
    Sequences memorized = context.forgetSet();
    List<int[]> batches = MiniBatches.inOrder(memorized.rows(), shared.batchSize());
    try (ScoreMasks masks = newMasks(shared, context)) {
      new MaskTraining<>(masks, points, SubnetParams::epochs)
          .run(epoch -> batches, batch -> step(masks, memorized, batch, context), context, found);
    }
  }

  @Override
  public void edit(EntryMasks kept, SubnetParams hyperparameters, MitigationContext context) {
    kept.zeroDropped(context.weights());
  }

  /** Returns masks with the scores that every run of this seed starts from. */
  static ScoreMasks newMasks(SubnetParams hyperparameters, MitigationContext context) {
    return new ScoreMasks(
        context.model(),
        context.weights(),
        hyperparameters.ratio(),
        new ScoreMasks.Sgd(
            LEARNING_RATE, hyperparameters.momentum(), hyperparameters.weightDecay()),
        context.random("scores"));
  }

  /** Takes one step on the scores, up the mean loss of some of the rows. */
  static void step(ScoreMasks masks, Sequences rows, int[] batchRows, MitigationContext context) {
    int length = context.trainedLength(rows);
    masks.step(
        parameters -> {
          TokenBatch batch = TokenBatch.of(context.weights().manager(), rows, batchRows, length);
          return NextTokenLoss.mean(context.model(), parameters, batch).neg();
        });
  }
}
