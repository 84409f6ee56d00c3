package io.nepenthe.plugins.sou;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.protocol.RandomStreams;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockFisherTest {
  private static final int BLOCK = 50;
  private static final double DAMPING = 1e-7;
  private static final MathContext DIGITS = new MathContext(60);

  private final RandomGenerator random = new RandomStreams(0).stream("gradients");

  @ParameterizedTest
  @CsvSource({"1, true", "3, true", "16, true", "70, true", "1, false", "3, false", "16, false"})
  void equalsTheSequentialUpdate(int batches, boolean cleared) {
    GradientSamples samples = new GradientSamples(batches, cleared);
    double[][] gradients = gradients(batches, () -> 1e-4 * random.nextGaussian());
    SequentialFisher sequential = new SequentialFisher(BLOCK, DAMPING, GradientSamples.COUNT);
    for (int c = 0; c < GradientSamples.COUNT; c++) {
      sequential.add(mixed(gradients, samples.multiples(c, 3)));
    }
    double[] found = curvatures(gradients, samples, 3);
    double[] inverse = sequential.diagonal();
    for (int i = 0; i < BLOCK; i++) {
      assertEquals(1 / inverse[i], found[i], 1e-6 / inverse[i], "entry " + i);
    }
  }

  /**
   * Entries from 0 through 1e-6 to 1e-2, times multiples up to 1e4, exceed the damping by up to
   * twelve powers of ten: what survives is compared with 60 digits.
   */
  @ParameterizedTest
  @CsvSource({"1, true", "6, true", "16, true", "1, false", "6, false", "16, false", "60, false"})
  void keepsItsDigitsWhateverTheMagnitudes(int batches, boolean cleared) {
    GradientSamples samples = new GradientSamples(batches, cleared);
    double[][] gradients = gradients(batches, () -> 1);
    for (double[] row : gradients) { // one magnitude per weight; every fifth unit is dead
      double size = random.nextInt(5) == 0 ? 0 : Math.pow(10, -6 + 4 * random.nextDouble());
      Arrays.setAll(row, b -> size * (1 + 0.1 * random.nextGaussian()));
    }
    assertExact(gradients, samples);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void keepsItsDigitsWhereOneWeightHasAllTheGradient(boolean cleared) {
    double[][] gradients = gradients(3, () -> 0);
    Arrays.setAll(gradients[17], b -> 1e-2 * (b + 1));
    assertExact(gradients, new GradientSamples(3, cleared));
  }

  private void assertExact(double[][] gradients, GradientSamples samples) {
    int position = 100;
    double[] found = curvatures(gradients, samples, position);
    double[] expected = exact(gradients, samples, position);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], 1e-6 * expected[i], "entry " + i);
    }
  }

  @Test
  void withoutGradientsOnlyTheDampingIsLeft() {
    double[] found = new BlockFisher(DAMPING, new double[7][3]).curvatures();
    for (double curvature : found) {
      assertEquals(DAMPING, curvature, 1e-20);
    }
  }

  private static double[][] gradients(int batches, DoubleSupplier entry) {
    double[][] gradients = new double[BLOCK][batches];
    for (double[] row : gradients) {
      Arrays.setAll(row, b -> entry.getAsDouble());
    }
    return gradients;
  }

  private static double[] curvatures(double[][] gradients, GradientSamples samples, int position) {
    Triangle factor = samples.factor(position);
    double[][] rows = new double[gradients.length][];
    Arrays.setAll(rows, i -> factor.times(gradients[i]));
    return new BlockFisher(DAMPING, rows).curvatures();
  }

  private static double[] mixed(double[][] gradients, double[] multiples) {
    double[] sample = new double[gradients.length];
    for (int i = 0; i < sample.length; i++) {
      for (int b = 0; b < multiples.length; b++) {
        sample[i] += multiples[b] * gradients[i][b];
      }
    }
    return sample;
  }

  /** Returns 1 / [F⁻¹]ᵢᵢ with 60 digits. */
  private static double[] exact(double[][] gradients, GradientSamples samples, int position) {
    int batches = samples.batches();
    long[][] products = new long[batches][batches]; // m times C
    for (int c = 0; c < GradientSamples.COUNT; c++) {
      double[] v = samples.multiples(c, position);
      for (int a = 0; a < batches; a++) {
        for (int b = 0; b < batches; b++) {
          products[a][b] += Math.round(v[a]) * Math.round(v[b]);
        }
      }
    }
    BigDecimal[][] left = new BigDecimal[BLOCK][batches]; // G C
    for (int i = 0; i < BLOCK; i++) {
      for (int b = 0; b < batches; b++) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int a = 0; a < batches; a++) {
          BigDecimal share = BigDecimal.valueOf(products[a][b], 0);
          sum = sum.add(new BigDecimal(gradients[i][a]).multiply(share));
        }
        left[i][b] = sum.divide(BigDecimal.valueOf(GradientSamples.COUNT), DIGITS);
      }
    }
    BigDecimal[][] fisher = new BigDecimal[BLOCK][BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      for (int j = 0; j < BLOCK; j++) {
        fisher[i][j] = i == j ? new BigDecimal(DAMPING) : BigDecimal.ZERO;
        for (int b = 0; b < batches; b++) {
          BigDecimal right = new BigDecimal(gradients[j][b]);
          fisher[i][j] = fisher[i][j].add(left[i][b].multiply(right), DIGITS);
        }
      }
    }
    return inverseDiagonalReciprocals(fisher);
  }

  /** Inverts in place by Gauss and Jordan; F is positive definite, so no pivot is 0. */
  private static double[] inverseDiagonalReciprocals(BigDecimal[][] a) {
    for (int k = 0; k < a.length; k++) {
      BigDecimal pivot = a[k][k];
      a[k][k] = BigDecimal.ONE;
      for (int j = 0; j < a.length; j++) {
        a[k][j] = a[k][j].divide(pivot, DIGITS);
      }
      for (int i = 0; i < a.length; i++) {
        BigDecimal factor = a[i][k];
        if (i != k && factor.signum() != 0) {
          a[i][k] = BigDecimal.ZERO;
          for (int j = 0; j < a.length; j++) {
            a[i][j] = a[i][j].subtract(factor.multiply(a[k][j]), DIGITS);
          }
        }
      }
    }
    double[] reciprocals = new double[a.length];
    Arrays.setAll(reciprocals, i -> BigDecimal.ONE.divide(a[i][i], DIGITS).doubleValue());
    return reciprocals;
  }

  /** F⁻¹ of one block as UNLEARNING 9 defines it: sample after sample, in 64 bits. */
  private static final class SequentialFisher {
    private final int samples;
    private final double[][] inverse;

    SequentialFisher(int size, double damping, int samples) {
      this.samples = samples;
      this.inverse = new double[size][size];
      for (int i = 0; i < size; i++) {
        inverse[i][i] = 1 / damping;
      }
    }

    void add(double[] gradient) {
      double[] u = new double[gradient.length];
      double divisor = samples;
      for (int i = 0; i < u.length; i++) {
        for (int j = 0; j < u.length; j++) {
          u[i] += inverse[i][j] * gradient[j];
        }
        divisor += gradient[i] * u[i];
      }
      for (int i = 0; i < u.length; i++) {
        for (int j = 0; j < u.length; j++) {
          inverse[i][j] -= u[i] * u[j] / divisor;
        }
      }
    }

    double[] diagonal() {
      double[] diagonal = new double[inverse.length];
      Arrays.setAll(diagonal, i -> inverse[i][i]);
      return diagonal;
    }
  }
}
