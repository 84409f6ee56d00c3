package io.nepenthe.model;

/**
 * The size of a model; its architecture decides the rest.
 *
 * @param vocabulary V
 * @param positions longest row
 * @param width D
 * @param layers number of blocks
 * @param heads attention heads, a divisor of the width
 */
public record ModelSize(int vocabulary, int positions, int width, int layers, int heads) {}
