/** Gradient ascent on the rows to forget. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.gradientascent;
