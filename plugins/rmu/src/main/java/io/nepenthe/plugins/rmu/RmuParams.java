package io.nepenthe.plugins.rmu;

/**
 * Where, how far and how long the model is steered.
 *
 * @param depth share of the blocks up to the one whose output is steered, that block included, in
 *     (0, 1]
 * @param coefficient length of the vector that the output is steered to, c
 * @param alpha weight of what is to stay, at least 0
 * @param epochs passes over the rows to forget, at least 1
 * @param learningRate of AdamW
 */
public record RmuParams(
    double depth, double coefficient, double alpha, int epochs, double learningRate) {
  /** Returns the steered block of so many, from 0. */
  int layer(int layers) {
    return Math.max(0, (int) Math.ceil(depth * layers) - 1);
  }
}
