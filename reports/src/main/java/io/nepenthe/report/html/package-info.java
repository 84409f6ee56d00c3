/** The pages of a report. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.html;
