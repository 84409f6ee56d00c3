package io.nepenthe.plugins.sou;

import java.util.Arrays;

/**
 * An upper triangular matrix R of which only RᵀR matters: a multiple of the unit matrix plus x xᵀ
 * of every vector x added.
 *
 * <p>R is kept by Givens rotations. The sum itself is never formed, which would halve the number of
 * correct digits. K = rows and columns.
 */
final class Triangle {
  private final int size;
  private final double[] entries; // (K, K), row after row

  private Triangle(int size, double[] entries) {
    this.size = size;
    this.entries = entries;
  }

  /** Returns R with the given diagonal, at least 0, so that RᵀR = diagonal² I. */
  static Triangle diagonal(int size, double diagonal) {
    Triangle triangle = new Triangle(size, new double[size * size]);
    for (int k = 0; k < size; k++) {
      triangle.entries[k * size + k] = diagonal;
    }
    return triangle;
  }

  /** Returns a copy to which some of the vectors are added, each (K). */
  Triangle with(double[][] vectors, int from, int to) {
    Triangle sum = new Triangle(size, entries.clone());
    for (int i = from; i < to; i++) {
      sum.add(vectors[i]);
    }
    return sum;
  }

  /** Adds x xᵀ of a vector x, (K), to RᵀR. */
  void add(double[] vector) {
    double[] rest = vector.clone();
    for (int k = 0; k < size; k++) {
      if (rest[k] != 0) {
        rotate(k, rest);
      }
    }
  }

  /** Turns row k of R and the rest of a vector into each other until the rest's entry k is 0. */
  private void rotate(int k, double[] rest) {
    int row = k * size;
    double length = Math.sqrt(entries[row + k] * entries[row + k] + rest[k] * rest[k]);
    double cosine = entries[row + k] / length;
    double sine = rest[k] / length;
    for (int j = k; j < size; j++) {
      double upper = entries[row + j];
      entries[row + j] = cosine * upper + sine * rest[j];
      rest[j] = cosine * rest[j] - sine * upper;
    }
  }

  /** Returns R x, (K). */
  double[] times(double[] x) {
    double[] product = new double[size];
    for (int k = 0; k < size; k++) {
      for (int j = k; j < size; j++) {
        product[k] += entries[k * size + j] * x[j];
      }
    }
    return product;
  }

  /** Returns xᵀ (RᵀR)⁻¹ x, a sum of squares; R must not be singular. */
  double inverseForm(double[] x) {
    double[] rest = x.clone();
    double sum = 0;
    for (int k = 0; k < size; k++) { // Rᵀ y = x, from the first entry of y to the last
      double y = rest[k] / entries[k * size + k];
      sum += y * y;
      for (int j = k + 1; j < size; j++) {
        rest[j] -= y * entries[k * size + j];
      }
    }
    return sum;
  }

  /** Returns column j of R, (K). */
  double[] column(int j) {
    double[] column = new double[size];
    Arrays.setAll(column, k -> entries[k * size + j]);
    return column;
  }
}
