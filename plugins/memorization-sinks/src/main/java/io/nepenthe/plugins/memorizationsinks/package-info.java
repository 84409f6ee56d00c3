/** Memorization sinks: hidden units that belong to the content of rows, and that are left out. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.memorizationsinks;
