/**
 * Tables, charts and one HTML page, made from what a run left on disk.
 *
 * <p>{@link io.nepenthe.report.ReportWriter} is the way in. Everything here is a pure function of a
 * {@link io.nepenthe.summary.StoredRun}: the same run gives the same bytes. Nothing reads a clock,
 * a network, a screen or a plugin. Names and reasons come from plugins and are escaped wherever
 * they are printed.
 *
 * <p>A {@code Report} orders methods and finds rows, {@code ResultTables} turns them into a {@code
 * Grid} of printed numbers, and a grid is written as Markdown, LaTeX or HTML.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report;
