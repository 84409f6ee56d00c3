package io.nepenthe.suite;

/**
 * The size of a task's GPT-2; vocabulary and positions follow from the data.
 *
 * @param layers number of blocks
 * @param width embedding width
 * @param heads attention heads, a divisor of the width
 */
public record ModelSpec(int layers, int width, int heads) {}
