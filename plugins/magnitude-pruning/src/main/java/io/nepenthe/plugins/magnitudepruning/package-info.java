/** The control that zeroes the smallest weights. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.magnitudepruning;
