/** Slim: zeroes the neurons whose learned factors stay large. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.slim;
