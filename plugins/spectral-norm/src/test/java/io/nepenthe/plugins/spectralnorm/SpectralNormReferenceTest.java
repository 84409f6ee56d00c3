package io.nepenthe.plugins.spectralnorm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares the penalty with its definition, in loops (MODEL_AND_TRAINING 3.1). */
class SpectralNormReferenceTest {
  private static final double LAMBDA = 0.3;
  private static final float ROW_LOSS = 2;
  private static final int STEPS = 4;
  private static final int HEADS = 4;

  private final TinyFixture fixture = TinyFixture.trained();
  private final LanguageModel model = fixture.model();

  @Test
  void squaresAndHeadsCutByInput() {
    lossAndGradientEqualTheDefinition(Set.of());
  }

  @Test
  void singularValuesThemselves() {
    lossAndGradientEqualTheDefinition(Set.of(Quirk.UNSQUARED_SINGULAR_VALUES));
  }

  @Test
  void headsCutByOutput() {
    lossAndGradientEqualTheDefinition(Set.of(Quirk.HEADS_CUT_BY_OUTPUT));
  }

  @Test
  void bothAsTheReference() {
    lossAndGradientEqualTheDefinition(
        Set.of(Quirk.UNSQUARED_SINGULAR_VALUES, Quirk.HEADS_CUT_BY_OUTPUT));
  }

  @Test
  void manyStepsFindTheLargestSingularValues() {
    TrainingHook hook = hook(Set.of());
    try (Weights weights = fixture.weights(fixture.original())) {
      Step step = step(hook, weights);
      for (int i = 0; i < 300; i++) {
        step = step(hook, weights);
      }
      double expected = 0;
      for (Piece piece : pieces(Set.of())) {
        double sigma = piece.largestSingularValue(fixture.original());
        expected += sigma * sigma;
      }
      assertEquals(ROW_LOSS + LAMBDA / 2 * expected, step.loss, 1e-3 * expected);
    }
  }

  @Test
  void rejectsTheStateOfAnotherModel() {
    assertThrows(IllegalArgumentException.class, () -> hook(Set.of()).restore(new float[3]));
  }

  /** Every step has other weights, as in training. */
  private void lossAndGradientEqualTheDefinition(Set<Quirk> quirks) {
    TrainingHook hook = hook(quirks);
    boolean squared = !quirks.contains(Quirk.UNSQUARED_SINGULAR_VALUES);
    List<Piece> pieces = pieces(quirks);
    assertEquals(18 * model.layers(), pieces.size());
    double[] left = doubles(hook.state().orElseThrow());
    float[] values = fixture.original();
    for (int s = 0; s < STEPS; s++) {
      Step step;
      try (Weights weights = fixture.weights(values)) {
        step = step(hook, weights);
      }
      double[] gradient = new double[values.length];
      double penalty = 0;
      int from = 0;
      for (Piece piece : pieces) {
        penalty += piece.step(values, left, from, squared, gradient);
        from += piece.rows;
      }
      assertEquals(left.length, from);
      assertEquals(ROW_LOSS + penalty, step.loss, 1e-4 * penalty, "loss of step " + s);
      assertClose(gradient, step.gradient, "gradient of step " + s);
      assertClose(left, hook.state().orElseThrow(), "left vectors after step " + s);
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (0.02 * Math.sin(i * 0.37 + s));
      }
    }
  }

  private static void assertClose(double[] expected, float[] actual, String what) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      double tolerance = 1e-4 * Math.max(Math.abs(expected[i]), 0.1 * largest);
      assertEquals(expected[i], actual[i], tolerance, what + ", entry " + i);
    }
  }

  private TrainingHook hook(Set<Quirk> quirks) {
    MitigationContext context = fixture.context(Map.of(), quirks, 5, Progress.SILENT);
    context.weights().close();
    return new SpectralNorm().hook(new SpectralNorm.Hyperparameters(LAMBDA), context);
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static final class Step {
    float loss;
    float[] gradient = {};
  }

  /** Returns loss and gradient when every row's own loss is a constant. */
  private Step step(TrainingHook hook, Weights weights) {
    Step step = new Step();
    Torch.withGradients(
        true,
        () -> {
          weights.flat().setRequiresGradient(true);
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch =
                TokenBatch.of(weights.manager(), fixture.data().train(), new int[] {0, 1});
            NDArray rows = Torch.floats(weights.manager(), new float[] {ROW_LOSS, ROW_LOSS}, 2);
            NDArray loss = hook.loss(rows, weights.parameters(), batch);
            Torch.backward(loss);
            step.loss = loss.toFloatArray()[0];
            step.gradient = weights.flat().getGradient().toFloatArray();
            Torch.zeroGradient(weights.flat());
          }
          weights.flat().setRequiresGradient(false);
        });
    return step;
  }

  /** Returns all pieces in the order of the hook's state: kind, block, piece. */
  private List<Piece> pieces(Set<Quirk> quirks) {
    boolean byOutput = quirks.contains(Quirk.HEADS_CUT_BY_OUTPUT);
    List<Piece> pieces = new ArrayList<>();
    model.attention().forEach(block -> cut(pieces, block.in().get(0).map().weight(), 1, 3 * HEADS));
    model
        .attention()
        .forEach(
            block -> cut(pieces, block.out().weight(), byOutput ? 1 : HEADS, byOutput ? HEADS : 1));
    model.mlp().forEach(block -> cut(pieces, block.in().get(0).weight(), 1, 1));
    model.mlp().forEach(block -> cut(pieces, block.out().weight(), 1, 1));
    return pieces;
  }

  private void cut(List<Piece> pieces, String matrix, int rowCuts, int columnCuts) {
    TensorSpec tensor = model.layout().tensor(matrix);
    int columns = tensor.shape().get(1).intValue();
    int rows = tensor.shape().get(0).intValue() / rowCuts;
    for (int i = 0; i < rowCuts; i++) {
      for (int j = 0; j < columnCuts; j++) {
        int first = (int) tensor.offset() + i * rows * columns + j * (columns / columnCuts);
        pieces.add(new Piece(first, columns, rows, columns / columnCuts));
      }
    }
  }

  /** A rectangle of one matrix in the flat vector of all parameters. */
  private static final class Piece {
    final int first;
    final int stride;
    final int rows;
    final int columns;

    Piece(int first, int stride, int rows, int columns) {
      this.first = first;
      this.stride = stride;
      this.rows = rows;
      this.columns = columns;
    }

    /** Moves u on, adds the penalty's gradient and returns the penalty. */
    double step(float[] values, double[] left, int from, boolean squared, double[] gradient) {
      double[] u = Arrays.copyOfRange(left, from, from + rows);
      double[] v = right(values, u);
      u = left(values, v);
      System.arraycopy(u, 0, left, from, rows);
      double sigma = 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          sigma += u[i] * values[first + i * stride + j] * v[j];
        }
      }
      double perSigma = squared ? LAMBDA * sigma : LAMBDA / 2;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          gradient[first + i * stride + j] += perSigma * u[i] * v[j];
        }
      }
      return squared ? LAMBDA / 2 * sigma * sigma : LAMBDA / 2 * sigma;
    }

    /** Power iteration in double precision until it stands still. */
    double largestSingularValue(float[] values) {
      double[] u = new double[rows];
      Arrays.setAll(u, i -> Math.sin(1 + i));
      double[] v = new double[columns];
      for (int i = 0; i < 500; i++) {
        v = right(values, u);
        u = left(values, v);
      }
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        double product = 0;
        for (int j = 0; j < columns; j++) {
          product += values[first + i * stride + j] * v[j];
        }
        sum += product * product;
      }
      return Math.sqrt(sum);
    }

    private double[] right(float[] values, double[] u) {
      double[] v = new double[columns];
      for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows; i++) {
          v[j] += values[first + i * stride + j] * u[i];
        }
      }
      return unit(v);
    }

    private double[] left(float[] values, double[] v) {
      double[] u = new double[rows];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          u[i] += values[first + i * stride + j] * v[j];
        }
      }
      return unit(u);
    }

    private static double[] unit(double[] vector) {
      double norm = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
      return Arrays.stream(vector).map(x -> x / Math.max(norm, 1e-12)).toArray();
    }
  }
}
