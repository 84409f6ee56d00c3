/** Drawings: chart styles, legends, panels, and the files a figure is written to. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.draw;
