package io.nepenthe.plugins.subnet;

/**
 * Hyper-parameters of {@link Subnet}.
 *
 * @param ratio share of each MLP weight matrix to drop, in [0, 1]
 * @param epochs passes over the forget set
 * @param batchSize rows of a mini-batch
 * @param momentum share of the last step on the scores that is kept, in [0, 1]
 * @param weightDecay share of each score added to its gradient, in [0, 1]
 */
public record SubnetParams(
    double ratio, int epochs, int batchSize, double momentum, double weightDecay) {}
