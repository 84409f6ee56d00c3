package io.nepenthe.plugins.balancedsubnet;

/**
 * Hyper-parameters of {@link BalancedSubnet}.
 *
 * @param ratio share of each MLP weight matrix to drop, in [0, 1]
 * @param epochs passes over the forget and retain sets together
 * @param lossWeight weight of the retain rows' loss, in [0, 1]; the forget rows' is the rest
 * @param batchSize rows of a mini-batch; it sets how forget and retain rows mix
 */
public record BalancedSubnetParams(double ratio, int epochs, double lossWeight, int batchSize) {}
