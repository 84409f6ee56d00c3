/** Figures of the loss around models. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.landscape;
