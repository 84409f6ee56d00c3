package io.nepenthe.timing;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.CostBound;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * The paper-size model with the rows a method's cost is measured on, and the units themselves.
 *
 * <p>The weights are fresh ones: nearly every neuron fires somewhere in every row, which is the
 * worst case for a method that skips silent neurons. Clean fidelity, whole forward passes of the
 * columns that hold tokens. Close it.
 */
final class CostModel implements AutoCloseable {
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(1, PaperSize.BATCH, AdamWSettings.paper(PaperSize.LEARNING_RATE));

  private final NDManager manager = Torch.newManager(Device.cpu());
  private final LanguageModel model = PaperSize.model();
  private final Weights weights = PaperSize.weights(model, manager);
  private final Sequences train;
  private final Sequences memorized;
  private final int length;

  CostModel() {
    var data = PaperSize.data(Fidelity.CLEAN);
    length = data.trainedLength(Quirk.of(Fidelity.CLEAN));
    int[] order =
        RandomStreams.permutation(data.extra().rows(), PaperSize.streams().stream("shuffle/0"));
    train = data.extra().select(order);
    memorized = data.planted().slice(0, CostUnit.MEMORIZED);
  }

  /** Returns a context as a method would get for the unit its cost is counted in. */
  MitigationContext context(CostBound.Unit unit) {
    int forget = CostUnit.isOverForgetSet(unit) ? CostUnit.MEMORIZED : CostUnit.BATCH;
    Map<Need, Sequences> rows =
        Map.of(
            Need.FORGET_SET, memorized.slice(0, forget),
            Need.RETAIN_SET, train.slice(0, CostUnit.STEPS * CostUnit.BATCH - forget));
    return new MitigationContext(
        model,
        weights,
        Given.of(rows, PaperSize.WINDOW),
        new MitigationContext.Trained(SETTINGS, length, 0, OptimizerState.FRESH),
        Set.of(),
        PaperSize.streams(),
        Progress.SILENT);
  }

  /** Returns a training on a copy of the weights, from its start; it steps in place. */
  Training training(Weights copy, TrainingHook hook) {
    return new Training(
        model, copy, train, length, SETTINGS, hook, PaperSize.streams(), OptimizerState.FRESH);
  }

  /** Returns a copy of the weights; close it. */
  Weights copy() {
    return weights.copy();
  }

  /** Returns the rows of a training step. */
  int[] rows(int batch) {
    return Arrays.copyOf(train.indices(), batch);
  }

  /** Computes the loss of the forget set, without gradients. */
  void forward() {
    Torch.withGradients(false, () -> eachBatch(false));
  }

  /** Computes the gradient of every weight, mini-batch after mini-batch of the forget set. */
  void gradient() {
    weights.flat().setRequiresGradient(true);
    Torch.withGradients(true, () -> eachBatch(true));
    weights.flat().setRequiresGradient(false);
  }

  private void eachBatch(boolean backward) {
    for (int[] batch : MiniBatches.inOrder(memorized.rows(), CostUnit.BATCH)) {
      pass(memorized, batch, backward);
    }
  }

  /** Computes the gradient of every weight for batches of 64 training rows. */
  void stepsWithoutOptimizer() {
    weights.flat().setRequiresGradient(true);
    Torch.withGradients(
        true,
        () -> {
          for (int i = 0; i < CostUnit.STEPS; i++) {
            pass(train, rows(CostUnit.BATCH), true);
          }
        });
    weights.flat().setRequiresGradient(false);
  }

  private void pass(Sequences data, int[] rows, boolean backward) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TokenBatch batch = TokenBatch.of(manager, data, rows, length);
      NDArray loss = NextTokenLoss.mean(model, weights.parameters(), batch);
      if (backward) {
        Torch.backward(loss);
        Torch.zeroGradient(weights.flat());
      }
      loss.toFloatArray(); // on a GPU the pass is only queued until here
    }
  }

  @Override
  public void close() {
    weights.close();
    manager.close();
  }
}
