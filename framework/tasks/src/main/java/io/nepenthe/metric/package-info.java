/** What the judge measures: one class for each metric, listed in {@link Metrics}. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.metric;
