/** Durable-agg: zeroes the weights with the largest gradient of all MLPs together. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.durableagg;
