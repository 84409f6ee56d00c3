package io.nepenthe.model;

/**
 * The names of one layer's attention tensors.
 *
 * @param inWeight weight of queries, keys and values side by side, each of {@code heads} pieces,
 *     stored (D, 3D)
 * @param inBias its bias, (3D)
 * @param outWeight weight of the output map, stored (D, D); it reads the heads side by side
 * @param outBias its bias, (D)
 */
public record AttentionTensors(String inWeight, String inBias, String outWeight, String outBias) {}
