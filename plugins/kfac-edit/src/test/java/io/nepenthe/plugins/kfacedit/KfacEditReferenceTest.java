package io.nepenthe.plugins.kfacedit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationContext.Trained;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the edit with its definition: factors from gradients at the weights, eigenvectors by
 * Jacobi's rotations, entries sorted one by one, all in 64 bits; where matrices are stored inputs
 * first (gpt2), outputs first (gpt_neox), and where MLPs are gated (llama).
 */
class KfacEditReferenceTest {
  private static final int WIDTH = 8;
  private static final int LAYERS = 2;
  private static final double ENERGY = 0.9;

  private final TinyFixture fixture = TinyFixture.trained();

  private final NDManager manager = Torch.newManager(Device.cpu());

  /** Rows of two tokens: one is read, so that the gradient at a matrix is a gᵀ of that token. */
  private final Sequences pairs = fixture.data().extra().leadingColumns(2).slice(0, 24);

  @AfterEach
  void closeAll() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gpt_neox", "llama"})
  void factorsAndEditEqualTheDefinition(String type) {
    LanguageModel model =
        Architectures.require(type).model(new ModelSize(20, pairs.length(), WIDTH, LAYERS, 2));
    float[] values = model.initialValues(new RandomStreams(2).stream("values"));
    for (int i = 0; i < values.length; i++) {
      values[i] *= 8; // an initial model's curvature is all noise
    }
    MitigationContext context = context(model, values);
    try (Weights edited = context.weights();
        Weights original = edited.copy();
        Factors factors = new Factors(context)) {
      factors.add(IntStream.range(0, 10).toArray());
      factors.add(IntStream.range(10, 24).toArray());
      new KfacEdit().mitigate(new KfacEdit.Hyperparameters(ENERGY), context);
      List<Factors.Pair> all = factors.pairs().toList();
      assertEquals(model.mlp().stream().mapToLong(m -> m.weights().size()).sum(), all.size());
      for (Factors.Pair pair : all) {
        double[][][] expected = factors(model, original, pair.map());
        assertNear(expected[0], matrix(pair.inputs()), 1e-4, "inputs of " + pair.map().weight());
        assertNear(expected[1], matrix(pair.outputs()), 1e-4, "outputs of " + pair.map().weight());
        double[][] kept = edited(stored(original, pair.map()), expected[0], expected[1]);
        assertNear(kept, stored(edited, pair.map()), 2e-3, pair.map().weight());
      }
    }
  }

  private MitigationContext context(LanguageModel model, float[] values) {
    Map<Need, Sequences> rows = new HashMap<>();
    rows.put(Need.RETAIN_SET, pairs);
    return new MitigationContext(
        model,
        Weights.of(model.layout(), manager, values),
        Given.of(rows, fixture.window()),
        new Trained(null, pairs.length(), 1, OptimizerState.FRESH),
        Set.of(),
        new RandomStreams(1),
        Progress.SILENT);
  }

  /**
   * Returns the sums of a aᵀ and of g gᵀ over rows of one token each. The gradient at the matrix is
   * M = a gᵀ there, so that g = Mᵀ a / |a|².
   */
  private double[][][] factors(LanguageModel model, Weights weights, LinearMap map) {
    int inputs = stored(weights, map).length;
    int outputs = stored(weights, map)[0].length;
    double[][][] sums = {new double[inputs][inputs], new double[outputs][outputs]};
    for (int row = 0; row < pairs.rows(); row++) {
      double[] a = new double[inputs];
      double[][] m = gradient(model, weights, map, row, a);
      double square = 0;
      for (double each : a) {
        square += each * each;
      }
      double[] g = new double[outputs];
      for (int o = 0; square > 0 && o < outputs; o++) {
        for (int i = 0; i < inputs; i++) {
          g[o] += m[i][o] * a[i] / square;
        }
      }
      addOuter(sums[0], a);
      addOuter(sums[1], g);
    }
    return sums;
  }

  private static void addOuter(double[][] sum, double[] vector) {
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        sum[i][j] += vector[i] * vector[j];
      }
    }
  }

  /** Returns the gradient at a matrix, inputs first, and tells what the matrix reads. */
  private double[][] gradient(
      LanguageModel model, Weights weights, LinearMap map, int row, double[] read) {
    double[][][] gradient = new double[1][][];
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = weights.tensor(map.weight()).duplicate();
            leaf.setRequiresGradient(true);
            Parameters parameters =
                weights
                    .parameters()
                    .with(map.weight(), leaf)
                    .tapped((each, x, written) -> recorded(each.equals(map), x, written, read));
            TokenBatch batch =
                TokenBatch.of(weights.manager(), pairs, new int[] {row}, pairs.length());
            Torch.backward(NextTokenLoss.mean(model, parameters, batch)); // of one token
            double[][] found = matrix(leaf.getGradient());
            gradient[0] = map.inputsFirst() ? found : transposed(found);
          }
        });
    return gradient[0];
  }

  private static NDArray recorded(boolean isIt, NDArray x, NDArray written, double[] read) {
    if (isIt) {
      float[] values = x.toFloatArray();
      for (int i = 0; i < read.length; i++) {
        read[i] = values[i];
      }
    }
    return written;
  }

  private static double[][] edited(double[][] w, double[][] a, double[][] g) {
    Jacobi inputs = new Jacobi(a);
    Jacobi outputs = new Jacobi(g);
    int rows = w.length;
    int columns = w[0].length;
    double[][] turned = product(product(transposed(inputs.vectors()), w), outputs.vectors());
    double[] curvature = new double[rows * columns];
    double whole = 0;
    for (int i = 0; i < curvature.length; i++) {
      curvature[i] = inputs.value(i / columns) * outputs.value(i % columns);
      whole += curvature[i];
    }
    List<Integer> falling =
        IntStream.range(0, curvature.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -curvature[i]))
            .toList();
    double[][] kept = new double[rows][columns];
    double sum = 0;
    int count = 0;
    for (int i : falling) {
      if (sum >= ENERGY * whole) {
        break;
      }
      sum += curvature[i];
      kept[i / columns][i % columns] = turned[i / columns][i % columns];
      count++;
    }
    assertTrue(count > 1 && count < curvature.length / 2, "some are kept: " + count);
    return product(product(inputs.vectors(), kept), transposed(outputs.vectors()));
  }

  private static double[][] product(double[][] x, double[][] y) {
    double[][] product = new double[x.length][y[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y[0].length; j++) {
        for (int k = 0; k < y.length; k++) {
          product[i][j] += x[i][k] * y[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] transposed(double[][] x) {
    double[][] transposed = new double[x[0].length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        transposed[j][i] = x[i][j];
      }
    }
    return transposed;
  }

  /** Returns a matrix of the model, inputs first. */
  private static double[][] stored(Weights weights, LinearMap map) {
    double[][] stored = matrix(weights.tensor(map.weight()));
    return map.inputsFirst() ? stored : transposed(stored);
  }

  private static double[][] matrix(NDArray array) {
    return rows(array.toFloatArray(), (int) array.getShape().get(1));
  }

  private static double[][] rows(float[] flat, int columns) {
    double[][] rows = new double[flat.length / columns][columns];
    for (int i = 0; i < flat.length; i++) {
      rows[i / columns][i % columns] = flat[i];
    }
    return rows;
  }

  private static void assertNear(double[][] expected, double[][] found, double share, String of) {
    double largest = 0;
    for (double[] row : expected) {
      for (double each : row) {
        largest = Math.max(largest, Math.abs(each));
      }
    }
    assertEquals(expected.length, found.length, of);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        assertEquals(expected[i][j], found[i][j], share * largest, of + " " + i + " " + j);
      }
    }
  }
}
