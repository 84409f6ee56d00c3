package io.nepenthe.selection;

import java.util.Map;

/**
 * The trial chosen for a seed.
 *
 * @param trial its id
 * @param hyperparameters its grid point
 * @param score what selection minimised
 */
public record Winner(String trial, Map<String, Number> hyperparameters, double score) {}
