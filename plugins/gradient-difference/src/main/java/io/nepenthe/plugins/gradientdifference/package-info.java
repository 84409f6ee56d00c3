/** Gradient ascent on the rows to forget and descent on rows to keep. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.gradientdifference;
