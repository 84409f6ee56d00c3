/** Predicts time and disk of a run before it starts. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.estimate;
