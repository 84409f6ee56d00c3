/** The numbers the paper published, beside a run's. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.paper;
