/** Tables as CSV, LaTeX and Markdown. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.text;
