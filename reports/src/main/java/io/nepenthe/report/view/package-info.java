/** What a report says, before it is drawn or written: the methods, numbers and tables of a run. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.view;
