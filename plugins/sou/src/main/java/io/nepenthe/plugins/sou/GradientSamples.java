package io.nepenthe.plugins.sou;

import java.util.Arrays;

/**
 * The gradient samples of a tensor, as multiples of the gradients of the mini-batches: there are no
 * more different gradients than mini-batches (UNLEARNING 9).
 *
 * @param batches number of mini-batches, at least 1
 * @param cleared false if the buffer that receives the gradients is never cleared
 */
record GradientSamples(int batches, boolean cleared) {
  /** Number of samples per tensor. */
  static final int COUNT = 512;

  /**
   * Returns R with RᵀR = the mean of v vᵀ over the samples' multiples v, so that the samples of
   * gradients G (n, batches) have the mean outer product (G Rᵀ)(G Rᵀ)ᵀ.
   *
   * @param position the tensor's position in model order
   */
  Triangle factor(int position) {
    Triangle factor = Triangle.diagonal(batches, 0);
    for (int sample = 0; sample < COUNT; sample++) {
      double[] multiples = multiples(sample, position);
      Arrays.setAll(multiples, b -> multiples[b] / Math.sqrt(COUNT));
      factor.add(multiples);
    }
    return factor;
  }

  /** Returns how often each mini-batch's gradient is in a sample, (batches). */
  double[] multiples(int sample, int position) {
    double[] multiples = new double[batches];
    if (cleared) {
      multiples[sample % batches] = 1;
    } else {
      Arrays.setAll(multiples, b -> 1 + position * uses(COUNT, b) + uses(sample + 1, b));
    }
    return multiples;
  }

  /** Returns how often a mini-batch occurs in the first samples of a tensor. */
  private int uses(int samples, int batch) {
    return samples / batches + (samples % batches > batch ? 1 : 0);
  }
}
