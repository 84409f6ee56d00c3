package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.unlearning.AnswerTokens;
import io.nepenthe.unlearning.ForgetLoss;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The definition of a loss on rows to forget: its value must be the loss's, and its slope along any
 * direction the loss's gradient's. The weights are other than the original model's, and the rows'
 * windows differ, so that a wrong reference, sign, detachment or mean is seen.
 */
public final class ForgetLossDefinition {
  /** The step's rows to forget. */
  public static final List<Integer> BATCH = List.of(3, 0, 4);

  private static final double STEP = 0.001;
  private static final double NOISE = 0.02;
  private static final int DIRECTIONS = 4;

  /** A loss as loops over predictions. */
  @FunctionalInterface
  public interface Definition {
    /**
     * Returns the loss of the step.
     *
     * @param model what the weights predict
     * @param held the same, which does not move when a slope is measured: what a loss detaches
     * @param original what the original weights predict
     */
    double of(SlowPredictions model, SlowPredictions held, SlowPredictions original);
  }

  private ForgetLossDefinition() {}

  /** Returns the mean over the step's rows of what there is for each. */
  public static double mean(IntToDoubleFunction ofRow) {
    return BATCH.stream().mapToDouble(ofRow::applyAsDouble).average().orElseThrow();
  }

  /** Returns the log-probability of a row's compared tokens, given its prompt. */
  public static double answer(MitigationContext context, SlowPredictions model, int row) {
    Window window = context.windows().row(row);
    return model.logProbability(context.forgetSet(), row, window.prompt(), window.end());
  }

  /** Returns the rows to keep that are drawn for the step. */
  public static int[] retained(MitigationContext context) {
    RandomGenerator random = context.random("rows to keep");
    return random.ints(BATCH.size(), 0, context.retainSet().rows()).toArray();
  }

  /** Returns the mean -log p of all tokens of the rows to keep that are drawn for the step. */
  public static double retainedLoss(MitigationContext context, SlowPredictions model) {
    Sequences rows = context.retainSet();
    int length = context.trainedLength(rows);
    double sum = 0;
    for (int row : retained(context)) {
      sum -= model.logProbability(rows, row, 1, length);
    }
    return sum / BATCH.size() / (length - 1);
  }

  /** Returns a context with the original weights and windows of several lengths; close them. */
  public static MitigationContext context() {
    return context(Map.of());
  }

  /** Returns the same with other rows of some kinds; close its weights. */
  public static MitigationContext context(Map<Need, Sequences> others) {
    TinyFixture fixture = TinyFixture.trained();
    Map<Need, Sequences> rows = fixture.rows();
    rows.putAll(others);
    List<Window> windows =
        IntStream.range(0, fixture.memorized().rows())
            .mapToObj(row -> new Window(8 + row % 3, 4 + row % 5))
            .toList();
    Given given = Given.of(rows, new Windows(fixture.window(), windows));
    return fixture.context(given, Set.of(), 7, Progress.SILENT);
  }

  /** Checks a loss that was made with a context of this class. */
  public static void check(MitigationContext context, ForgetLoss loss, Definition definition) {
    TinyFixture fixture = TinyFixture.trained();
    RandomGenerator random = context.random("definition");
    float[] values = fixture.original();
    SlowPredictions original = new SlowPredictions(values.clone());
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (NOISE * random.nextGaussian());
    }
    SlowPredictions held = new SlowPredictions(values);
    float[] gradient = new float[values.length];
    double value = value(context, loss, values, gradient);
    double defined = definition.of(held, held, original);
    assertEquals(defined, value, 2e-5 * Math.max(1, Math.abs(defined)), "loss");

    double norm = 0;
    for (float each : gradient) {
      norm += (double) each * each;
    }
    norm = Math.sqrt(norm);
    for (int d = 0; d < DIRECTIONS; d++) {
      float[] ahead = values.clone();
      float[] behind = values.clone();
      double slope = 0;
      for (int i = 0; i < values.length; i++) {
        double along = gradient[i] / norm * (d == 0 || random.nextBoolean() ? 1 : -1);
        ahead[i] += (float) (STEP * along);
        behind[i] -= (float) (STEP * along);
        slope += gradient[i] * along;
      }
      double difference =
          definition.of(new SlowPredictions(ahead), held, original)
              - definition.of(new SlowPredictions(behind), held, original);
      assertEquals(difference / (2 * STEP), slope, 0.01 * norm, "slope along direction " + d);
    }
  }

  private static double value(
      MitigationContext context, ForgetLoss loss, float[] values, float[] gradient) {
    double[] value = new double[1];
    Sequences forget = context.forgetSet();
    int[] rows = BATCH.stream().mapToInt(Integer::intValue).toArray();
    try (Weights weights = TinyFixture.trained().weights(values)) {
      weights.flat().setRequiresGradient(true);
      Torch.withGradients(
          true,
          () -> {
            try (NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              TokenBatch batch =
                  TokenBatch.of(weights.manager(), forget, rows, context.trainedLength(forget));
              NDArray found = loss.of(AnswerTokens.of(context, batch), weights.parameters());
              Torch.backward(found);
              value[0] = found.toFloatArray()[0];
              float[] all = weights.flat().getGradient().toFloatArray();
              System.arraycopy(all, 0, gradient, 0, all.length);
            }
          });
    }
    return value[0];
  }
}
