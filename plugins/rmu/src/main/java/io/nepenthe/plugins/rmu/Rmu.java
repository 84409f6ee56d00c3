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
  private static final int BATCH = 16;

  @Override
  public Class<RmuParams> hyperparameters() {
    return RmuParams.class;
  }

  @Override
  public void mitigate(RmuParams hyperparameters, MitigationContext context) {
    int rows = context.forgetSet().rows();
    long step = 0;
    try (Steering steering = new Steering(hyperparameters, context)) {
      for (int epoch = 0; epoch < hyperparameters.epochs(); epoch++) {
        List<int[]> batches = MiniBatches.shuffled(rows, BATCH, context.random("shuffle/" + epoch));
        for (int[] batch : batches) {
          context.progress(step++, (long) hyperparameters.epochs() * batches.size());
          steering.step(batch);
        }
      }
      steering.write();
    }
  }
}
