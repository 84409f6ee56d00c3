package io.nepenthe.study;

import org.jspecify.annotations.Nullable;

/**
 * Whether what a measure says of models stays when they are challenged.
 *
 * @param challenge its kind
 * @param variant of it; where it has steps, after the last
 * @param pool the models
 * @param readings how many there are: one for each seed and model
 * @param shift mean change of the measure, in parts of the distance between the means of original
 *     and retrained models; null where these are equal
 * @param flips of how many readings the side changed on which the measure puts the model: that of
 *     the original or of the retrained ones, from the middle between their means
 */
public record Stability(
    String challenge, String variant, Pool pool, int readings, @Nullable Double shift, int flips) {}
