/** What the judge measures: memorization, accuracy, perplexity. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.metric;
