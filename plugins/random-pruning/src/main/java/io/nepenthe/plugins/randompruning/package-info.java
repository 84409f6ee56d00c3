/** The control that zeroes weights at random. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.randompruning;
