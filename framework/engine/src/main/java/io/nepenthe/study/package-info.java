/**
 * Judges the metrics: whether they tell models that were trained with artifacts from models that
 * were not, and whether what they say lasts.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.study;
