package io.nepenthe.editing;

import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.MitigationContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * A training of {@link ScoreMasks} for several numbers of epochs at once: each is a snapshot of the
 * one run.
 *
 * @param masks what is trained; whoever made them closes them
 * @param points hyper-parameters that share the run, at least one
 * @param epochs how many epochs a point asks for, at least 1
 * @param <P> record of hyper-parameters
 */
public record MaskTraining<P extends Record>(
    ScoreMasks masks, List<P> points, ToIntFunction<P> epochs) {
  /** Copies the list. */
  public MaskTraining {
    points = List.copyOf(points);
  }

  /**
   * Finds the entries of each matrix that every point drops. A ratio so small that nothing is
   * dropped, whatever is learned, is answered without training (UNLEARNING_QUIRKS Q-17).
   *
   * @param batches the mini-batches of an epoch, counted from 1, as row indices
   * @param step takes one step on a mini-batch
   * @param found takes each point's snapshot
   */
  public void run(
      IntFunction<List<int[]>> batches,
      Consumer<int[]> step,
      MitigationContext context,
      Localizations<P, EntryMasks> found) {
    if (masks.dropped() == 0) {
      context.progress(0, 1);
      found.putForAll(points, masks.kept());
      return;
    }
    int last = points.stream().mapToInt(epochs).max().orElseThrow();
    masks.expect((long) last * batches.apply(1).size());
    found.putAfterEpochs(
        points,
        epochs,
        (number, progress) -> {
          List<int[]> ofEpoch = batches.apply(number);
          for (int b = 0; b < ofEpoch.size(); b++) {
            progress.update(b, ofEpoch.size());
            step.accept(ofEpoch.get(b));
          }
        },
        masks::kept,
        context);
  }
}
