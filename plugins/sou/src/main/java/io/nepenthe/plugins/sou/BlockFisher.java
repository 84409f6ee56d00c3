package io.nepenthe.plugins.sou;

import java.util.Arrays;

/**
 * The Fisher matrix of a block of weights, F = damping * I + H Hᵀ, of which the diagonal of F⁻¹ is
 * wanted. H is (n, k): a row for each weight, a column for each sample or combination of samples.
 *
 * <p>By block elimination, 1 / [F⁻¹]ᵢᵢ = damping * (1 + hᵢᵀ Mᵢ⁻¹ hᵢ), where hᵢ is row i and Mᵢ =
 * damping * I + the sum of hⱼ hⱼᵀ over all other rows. Unlike the textbook's 1 - hᵢᵀ M⁻¹ hᵢ this
 * adds positive numbers only: it stays accurate, and positive, however much larger than the damping
 * the gradients are. The n matrices Mᵢ share their parts: all rows of one half of the block are
 * added once for the whole other half, and so on down.
 */
final class BlockFisher {
  private final double damping;
  private final double[][] rows;
  private final double[] curvatures;

  /**
   * Prepares a block.
   *
   * @param damping above 0
   * @param rows H, (n, k), n at least 1
   */
  BlockFisher(double damping, double[][] rows) {
    this.damping = damping;
    this.rows = rows[0].length > rows.length ? narrow(rows) : rows;
    this.curvatures = new double[rows.length];
  }

  /** Returns (n, n) rows with the same H Hᵀ. */
  private static double[][] narrow(double[][] rows) {
    Triangle factor = Triangle.diagonal(rows.length, 0);
    for (int sample = 0; sample < rows[0].length; sample++) {
      int column = sample;
      factor.add(Arrays.stream(rows).mapToDouble(row -> row[column]).toArray());
    }
    double[][] narrow = new double[rows.length][];
    Arrays.setAll(narrow, factor::column); // H Hᵀ = RᵀR
    return narrow;
  }

  /** Returns 1 / [F⁻¹]ᵢᵢ of every weight, (n), each at least the damping. */
  double[] curvatures() {
    descend(0, rows.length, Triangle.diagonal(rows[0].length, Math.sqrt(damping)));
    return curvatures;
  }

  /** Finds a range's curvatures, given damping and all rows outside the range. */
  private void descend(int from, int to, Triangle outside) {
    if (to - from == 1) {
      curvatures[from] = damping * (1 + outside.inverseForm(rows[from]));
      return;
    }
    int middle = (from + to) / 2;
    descend(from, middle, outside.with(rows, middle, to));
    descend(middle, to, outside.with(rows, from, middle));
  }
}
