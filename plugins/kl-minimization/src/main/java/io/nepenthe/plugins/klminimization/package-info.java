/** Gradient ascent with the divergence from the original model on rows to keep. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.klminimization;
