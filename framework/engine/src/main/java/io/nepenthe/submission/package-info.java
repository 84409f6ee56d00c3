/** Runs handed over as archives: packed, read safely, verified, signed. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.submission;
