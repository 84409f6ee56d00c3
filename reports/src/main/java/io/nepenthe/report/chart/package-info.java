/** The charts of a report, one class each. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.chart;
