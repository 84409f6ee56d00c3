package io.nepenthe.docs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Ops;
import io.nepenthe.training.BatchLoss;
import io.nepenthe.training.Gradients;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import io.nepenthe.training.TrainingStep;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The losses, and the edit of weights, that the guide to writing a method shows, which are cut out
 * of here and run.
 */
final class GuidedLosses {
  private GuidedLosses() {}

  static void answerOnly(MitigationContext context, TrainingSettings settings) {
    // answer-only
    Windows windows = context.windows();
    BatchLoss answers =
        (batch, parameters) -> {
          float[] counts = new float[batch.size() * batch.length()]; // (B, T)
          for (int i = 0; i < batch.size(); i++) {
            Window window = windows.row(batch.row(i));
            int first = i * batch.length() - 1; // a token is predicted one position before it
            Arrays.fill(counts, first + window.prompt(), first + window.end(), 1);
          }
          NDArray losses =
              NextTokenLoss.perPosition(context.model(), parameters, batch, Tap.NONE); // (B, T)
          return NextTokenLoss.weightedMean(losses, counts).neg();
        };
    context.train(context.forgetSet(), 3, settings, answers);
    // end
  }

  static void withRetain(MitigationContext context, TrainingSettings settings) {
    // with-retain
    Sequences keep = context.retainSet();
    RandomGenerator random = context.random("rows to keep");
    BatchLoss both =
        (batch, parameters) -> {
          int[] rows = random.ints(batch.size(), 0, keep.rows()).toArray();
          TokenBatch kept =
              TokenBatch.of(context.weights().manager(), keep, rows, context.trainedLength(keep));
          NDArray forget = NextTokenLoss.mean(context.model(), parameters, batch);
          return NextTokenLoss.mean(context.model(), parameters, kept).sub(forget);
        };
    context.train(context.forgetSet(), 3, settings, both);
    // end
  }

  static void clipped(MitigationContext context, TrainingSettings settings) {
    // clipped
    TrainingHook ascent =
        new TrainingHook() {
          @Override
          public NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
            return rowLosses.mean().neg();
          }

          @Override
          public void gradient(NDArray gradient, TrainingStep step) {
            Gradients.clip(gradient, 1);
          }
        };
    context.train(context.forgetSet(), 3, settings, ascent);
    // end
  }

  static void taskVector(MitigationContext context, TrainingSettings settings) {
    // task-vector
    try (Weights before = context.weights().copy()) {
      BatchLoss descent =
          (batch, parameters) -> NextTokenLoss.mean(context.model(), parameters, batch);
      context.train(context.forgetSet(), 3, settings, descent);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray vector = context.weights().flat().sub(before.flat()); // (P)
        NDArray negated = before.flat().sub(Ops.scale(vector, 1.5)); // (P)
        Ops.copyInPlace(context.weights().flat(), negated);
      }
    }
    // end
  }
}
