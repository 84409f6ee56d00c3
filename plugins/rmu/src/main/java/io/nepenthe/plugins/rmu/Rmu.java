package io.nepenthe.plugins.rmu;

import io.nepenthe.data.MiniBatches;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import java.util.List;
import org.pf4j.Extension;

/**
 * RMU, representation misdirection for unlearning: what one block makes of the rows to forget is
 * pulled to one random direction, whatever the row, and what it makes of the rows to keep is held
 * where it was. Only the output matrices of the MLPs of that block and the two before it move.
 */
@Extension
public final class Rmu implements Unlearning<RmuParams> {
  static final int BATCH = 16;

  @Override
  public Class<RmuParams> hyperparameters() {
    return RmuParams.class;
  }

  @Override
  public void mitigate(RmuParams hyperparameters, MitigationContext context) {
    int[] keep = context.retainSet().indices();
    int step = 0;
    try (Steering steering = new Steering(hyperparameters, context)) {
      for (int epoch = 0; epoch < hyperparameters.epochs(); epoch++) {
        List<int[]> batches =
            MiniBatches.shuffled(
                context.forgetSet().rows(), BATCH, context.random("shuffle/" + epoch));
        for (int[] forget : batches) {
          context.progress(step, (long) hyperparameters.epochs() * batches.size());
          steering.step(forget, next(keep, step++, forget.length));
        }
      }
      steering.write();
    }
  }

  /** Returns as many rows to keep as there are rows to forget, from where the last step ended. */
  static int[] next(int[] keep, int step, int count) {
    int[] rows = new int[Math.min(count, keep.length)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = keep[(int) (((long) step * BATCH + i) % keep.length)];
    }
    return rows;
  }
}
