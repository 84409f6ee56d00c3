package io.nepenthe.metric;

/**
 * One model scored on two disjoint halves of the rows it is judged on: settings are chosen on one,
 * and what they are worth is read off the other (KNOWN_QUIRKS 20).
 *
 * @param validation scores on the rows to choose by
 * @param holdout scores on the others
 */
public record SplitScores(Scores validation, Scores holdout) {}
