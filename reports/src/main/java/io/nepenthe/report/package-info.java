/**
 * Tables, charts and one HTML page, made from what a run left on disk.
 *
 * <p>{@link io.nepenthe.report.ReportWriter} is the way in. Everything here is a pure function of a
 * {@link io.nepenthe.summary.StoredRun}: the same run gives the same bytes. Nothing reads a clock,
 * a network, a screen or a plugin. Names and reasons come from plugins and are escaped wherever
 * they are printed.
 *
 * <p>A {@code ReportModel} orders methods and finds rows, {@code ResultTables} and others turn them
 * into {@code Table}s, and each table is written as page, Markdown, LaTeX or CSV.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report;
