package io.nepenthe.task;

/**
 * The ids of a task's tokens.
 *
 * @param size number of ids
 * @param begin the id a row begins with, -1 if none
 * @param end the id that ends a text, -1 if none
 * @param padding the id that fills rows up to their length
 * @param neverEmitted the id the reference program never lets a model emit (quirk Q-10)
 */
public record Vocabulary(int size, int begin, int end, int padding, int neverEmitted) {}
